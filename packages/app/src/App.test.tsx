import { render, screen } from '@testing-library/react';
import app from './App';

describe('the portal', () => {
  const environment = process.env;

  afterEach(() => {
    process.env = environment;
  });

  it('starts and offers to enter as a guest', async () => {
    // the bundler puts the configuration there as it is; assigning to process.env itself would make a string of it
    Reflect.set(process, 'env', {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Test', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ],
    });
    render(app.createRoot());
    expect(
      await screen.findByText('Enter', {}, { timeout: 10_000 }),
    ).toBeInTheDocument();
  });
});
