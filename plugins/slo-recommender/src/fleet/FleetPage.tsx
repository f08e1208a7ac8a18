import { Container } from '@backstage/ui';
import { Fleet } from './Fleet';

/** The fleet page below the header that the app gives to pages. */
export function FleetPage() {
  return (
    <main>
      <Container my="5">
        <Fleet />
      </Container>
    </main>
  );
}
