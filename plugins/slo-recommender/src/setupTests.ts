import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// lazily loaded parts are compiled on first use, which takes its time on a busy machine
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
