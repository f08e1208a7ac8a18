import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AS_OF, backendWith, refusal, renderInPortal } from '../__testUtils__';
import { ExcludeButton } from './ExcludeButton';

const ENTITY_REF = 'component:default/checkout';

const openDialog = async (backend = backendWith()) => {
  const onChange = jest.fn();
  await renderInPortal(
    <ExcludeButton
      entityRef={ENTITY_REF}
      allowed="yes"
      window="P28D"
      onChange={onChange}
    />,
    backend,
  );
  await userEvent.click(
    screen.getByRole('button', { name: 'Exclude a period…' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  const confirm = dialog.getByRole('button', { name: 'Exclude' });
  return { dialog, confirm, onChange };
};

type Dialog = ReturnType<typeof within>;

/** Types month, day, year, hour and minute; each part is left for the next one when it is full. */
const enter = async (dialog: Dialog, label: string, digits: string) => {
  const field = within(dialog.getByRole('group', { name: label }));
  act(() => field.getByRole('spinbutton', { name: /^month/ }).focus());
  await userEvent.keyboard(digits);
};

const giveReason = (dialog: Dialog, reason: string) =>
  fireEvent.change(dialog.getByLabelText(/Reason/), {
    target: { value: reason },
  });

it('says in UTC what it will leave out, asks for a reason, and sends both', async () => {
  const exclude = jest.fn(async () => ({
    id: 'migration',
    from: AS_OF,
    to: AS_OF,
    reason: 'Planned migration',
    owner: 'user:default/guest',
    createdAt: AS_OF,
    withdrawn: null,
  }));
  const { dialog, confirm, onChange } = await openDialog(
    backendWith({ exclude }),
  );
  await enter(dialog, 'From', '111820261020');
  await enter(dialog, 'To', '111820261140');
  expect(dialog.getByRole('status')).toHaveTextContent(
    /UTC: [23] full hours, 0\.\d+ % of 28 days\.$/,
  );
  expect(confirm).toBeDisabled();
  giveReason(dialog, ' Planned migration ');
  await userEvent.click(confirm);
  expect(exclude).toHaveBeenCalledWith(ENTITY_REF, {
    from: new Date(2026, 10, 18, 10, 20).toISOString(),
    to: new Date(2026, 10, 18, 11, 40).toISOString(),
    reason: 'Planned migration',
  });
  expect(onChange).toHaveBeenCalledWith('The period is left out.');
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('says what is still missing, and when more is asked for than there is', async () => {
  const { dialog, confirm } = await openDialog();
  expect(confirm).toHaveAccessibleDescription(
    'Still missing: when it begins, when it ends and the reason, in at least 3 characters.',
  );
  await enter(dialog, 'From', '100120260000');
  await enter(dialog, 'To', '103020260000');
  expect(dialog.getByRole('status')).toHaveTextContent(
    /69\d full hours, 10[34] % of 28 days\.$/,
  );
  giveReason(dialog, 'Storm');
  expect(dialog.queryByText(/Still missing/)).not.toBeInTheDocument();
  expect(confirm).toBeEnabled();
});

it('does not send an end before the start', async () => {
  const { dialog, confirm } = await openDialog();
  await enter(dialog, 'From', '111820261020');
  await enter(dialog, 'To', '111720261020');
  giveReason(dialog, 'Planned migration');
  expect(dialog.getByRole('status')).toHaveTextContent(
    'The end must be after the start.',
  );
  expect(confirm).toBeDisabled();
});

it('says in the words of the server why it will not', async () => {
  const backend = backendWith();
  backend.exclude.mockRejectedValueOnce(
    await refusal(400, 'More than 10 % of 28 days would be left out'),
  );
  const { dialog, confirm, onChange } = await openDialog(backend);
  await enter(dialog, 'From', '110120260000');
  await enter(dialog, 'To', '111820260000');
  giveReason(dialog, 'Storm');
  await userEvent.click(confirm);
  expect(await dialog.findByRole('alert')).toHaveTextContent(
    'More than 10 % of 28 days would be left out',
  );
  expect(onChange).not.toHaveBeenCalled();
  giveReason(dialog, 'Storm in the data centre');
  expect(dialog.queryByRole('alert')).not.toBeInTheDocument();
});
