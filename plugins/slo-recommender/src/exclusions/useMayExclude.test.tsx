import {
  AuthorizeResult,
  type EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { mockApis, TestApiProvider } from '@backstage/test-utils';
import { renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { useMayExclude } from './useMayExclude';

/** A portal in which Checkout alone may be written to. */
function Portal(props: PropsWithChildren) {
  const authorize = ({ resourceRef }: EvaluatePermissionRequest) =>
    resourceRef === 'component:default/checkout'
      ? AuthorizeResult.ALLOW
      : AuthorizeResult.DENY;
  return (
    <TestApiProvider
      apis={[[permissionApiRef, mockApis.permission({ authorize })]]}
    >
      {props.children}
    </TestApiProvider>
  );
}

it.each([
  ['component:default/checkout', 'yes'],
  ['component:default/payment', 'no'],
])('asks for the service itself: %s, %s', async (entityRef, permitted) => {
  const { result } = renderHook(() => useMayExclude(entityRef), {
    wrapper: Portal,
  });
  expect(result.current).toBe('asking');
  await waitFor(() => expect(result.current).toBe(permitted));
});
