import { expect, type Page, test } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Portal, startPortal, untilFirstAnalysis } from './portal';
import { OUTPUT, REPOSITORY } from './repository';
import { requires } from './requirements';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const SERVICES = 20;

/**
 * Questions of the SLO tab to our API, repeats included: the status, the service, its recommendations, events and
 * exclusions.
 */
const MOST_QUESTIONS = 5;

/** A page that has asked nothing for so long has asked all that it asks. */
const QUIET_MS = 1_500;

/** Calls and services of the large graph. */
const LARGE = { source: 'large-graph', services: 500, calls: 800 };

/** What each view of the fleet says of the simulated company. */
const VIEW_WORDS: Record<string, RegExp> = {
  calibration: /Do the probabilities hold/,
  cycles: /Pricing/,
  divergence: /Payment/,
  undeclared: /smtp-relay/,
  aliases: /one service/i,
};

/** How long something took is for people to read: what a shared machine takes says nothing of what holds. */
function print(what: string, since: number) {
  const seconds = (performance.now() - since) / 1_000;
  process.stdout.write(`    ${what}: ${seconds.toFixed(2)} s\n`);
}

requires({ programs: [CHROMIUM] });

async function screenshot(page: Page, name: string) {
  await page.screenshot({
    path: join(OUTPUT, 'screenshots', `${name}.png`),
    fullPage: true,
  });
}

/** What is not ours: what Backstage complains of in every portal of this release, and leaving a page before its socket is open. */
const KNOWN_COMPLAINTS = [
  /^WebSocket connection to .*\/api\/signals' failed: WebSocket is closed before/,
  /^The following icons were registered as IconComponent, which is deprecated/,
];

/** Collects what the browser complains about while a test runs. */
function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(`uncaught: ${error.message}`));
  page.on('console', message => {
    const text = message.text();
    if (
      ['error', 'warning'].includes(message.type()) &&
      !KNOWN_COMPLAINTS.some(known => known.test(text))
    ) {
      complaints.push(`${message.type()}: ${text} (${message.location().url})`);
    }
  });
  return complaints;
}

async function enter(page: Page, url: string) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(page.getByText('Checkout').first()).toBeVisible();
}

test.describe('the built portal with the simulated company', () => {
  let portal: Portal;

  test.beforeAll(async () => {
    if (!existsSync(join(REPOSITORY, 'packages/app/dist/index.html'))) {
      throw new Error('The app is not built; npm run test:e2e does that.');
    }
    portal = await startPortal({
      config: 'simulated.yaml',
      port: 18010,
      env: { E2E_ANCHOR: new Date().toISOString().slice(0, 10) },
    });
  });

  test.afterAll(async () => {
    await portal?.stop();
  });

  test('finishes its first analysis soon after the start', async () => {
    await untilFirstAnalysis(portal, SERVICES);
    print('first analysis after the backend was ready', portal.readyAt);
  });

  test('serves the app without its source maps, and lets pages ask this portal alone', async () => {
    const page = await fetch(portal.url);
    expect(page.headers.get('content-security-policy')).toMatch(
      /connect-src 'self'(;|$)/,
    );
    const scripts = [...(await page.text()).matchAll(/src="([^"]+\.js)"/g)];
    expect(scripts.length).toBeGreaterThan(0);
    for (const [, script] of scripts) {
      const url = new URL(script, portal.url);
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(`${url}.map`)).status).toBe(404);
    }
  });

  test('opens an SLO tab with few questions to the backend', async ({
    page,
  }) => {
    await enter(page, portal.url);
    // the page before has questions of its own, which are not the tab's
    const overview = page.waitForResponse(/error-budget-breakdown/);
    await page.goto(`${portal.url}/catalog/default/component/checkout`);
    await overview;
    await page.getByText('Observability').click();
    const item = page.getByRole('menuitemradio', { name: 'SLO' });
    await item.waitFor();
    const questions: string[] = [];
    let askedAt = 0;
    page.on('request', request => {
      const { pathname } = new URL(request.url());
      if (!pathname.startsWith('/api/slo-recommender/')) return;
      // asked again for as long as the tab is open
      if (pathname.endsWith('/status') && questions.includes(pathname)) return;
      questions.push(pathname);
      askedAt = performance.now();
    });
    const clickedAt = performance.now();
    await item.click();
    await expect(
      page.getByText(/Promise .* availability/).first(),
    ).toBeVisible();
    print('SLO tab with its data after the click', clickedAt);
    await expect(page.getByText('Every hour counts')).toBeVisible();
    await expect
      .poll(() => performance.now() - askedAt)
      .toBeGreaterThan(QUIET_MS);
    expect(questions).toEqual([...new Set(questions)]);
    expect(questions.length).toBeLessThanOrEqual(MOST_QUESTIONS);
  });

  const looks = ['light', 'dark'].flatMap(theme => [
    { theme, size: 'wide', viewport: { width: 1280, height: 900 } },
    { theme, size: 'narrow', viewport: { width: 320, height: 800 } },
  ]);
  looks.forEach(({ theme, size, viewport }) => {
    test(`shows its pages, ${theme} and ${size}`, async ({ page }) => {
      const complaints = collectComplaints(page);
      const save = (name: string) =>
        screenshot(page, `${name}-${theme}-${size}`);
      const expectNoSidewaysScrolling = async () =>
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth),
        ).toBeLessThanOrEqual(viewport.width);
      await page.setViewportSize(viewport);
      await page.addInitScript(
        value => window.localStorage.setItem('theme', value),
        theme,
      );
      await enter(page, portal.url);
      await save('catalog');

      await page.goto(`${portal.url}/catalog/default/component/checkout`);
      await expect(page.getByText(/error budget/i).first()).toBeVisible();
      await save('overview');

      await page.goto(`${portal.url}/catalog/default/component/checkout/slo`);
      await expect(page.getByText(/promise/i).first()).toBeVisible();
      await expect(page.getByText(/balanced/i).first()).toBeVisible();
      await expectNoSidewaysScrolling();
      await save('slo');

      await page.goto(
        `${portal.url}/catalog/default/component/checkout/slo?sli=latency`,
      );
      await expect(
        page.getByText(/of requests faster than/).first(),
      ).toBeVisible();
      await expectNoSidewaysScrolling();
      await save('slo-latency');

      await page.goto(
        `${portal.url}/catalog/default/component/checkout/error-budget`,
      );
      await expect(page.getByText(/burn rate/i).first()).toBeVisible();
      await expectNoSidewaysScrolling();
      await save('error-budget');

      await page.goto(
        `${portal.url}/catalog/default/component/payment/dependencies`,
      );
      await expect(
        page.getByText(/observed and not declared/i).first(),
      ).toBeVisible();
      // exactly: the description of a call has the name in it, and is not for the eye
      await expect(
        page.getByText('Fraud detection', { exact: true }).first(),
      ).toBeVisible();
      await expectNoSidewaysScrolling();
      await save('dependencies');

      for (const view of Object.keys(VIEW_WORDS)) {
        await page.goto(`${portal.url}/slo-recommender/${view}`);
        await expect(
          page.getByText(VIEW_WORDS[view]).filter({ visible: true }).first(),
        ).toBeVisible();
        await expectNoSidewaysScrolling();
        await save(view);
      }

      await page.goto(`${portal.url}/slo-recommender`);
      await expect(page.getByText('checkout').first()).toBeVisible();
      await expect(page.getByText(/simulated/i).first()).toBeVisible();
      await expectNoSidewaysScrolling();
      await save('fleet');

      expect(complaints).toEqual([]);
    });
  });

  test('draws a graph of 500 services that can be dragged', async ({
    page,
  }) => {
    const { source, services, calls } = LARGE;
    const nameOf = (index: number) => `large-${index}`;
    await portal.client.reportDependencies({
      source,
      edges: [
        ...Array.from({ length: services - 1 }, (_, index) => ({
          source:
            index < 20
              ? 'component:default/search'
              : nameOf(Math.floor(index / 20)),
          target: nameOf(index + 1),
        })),
        ...Array.from({ length: calls - services }, (_, index) => ({
          source: nameOf(index + 1),
          target: nameOf(((index * 7) % (services - 25)) + 24),
        })),
      ],
    });
    const complaints = collectComplaints(page);
    await enter(page, portal.url);
    const answered = page.waitForResponse(response =>
      /search\/dependencies\?/.test(response.url()),
    );
    await page.goto(
      `${portal.url}/catalog/default/component/search/dependencies?direction=downstream&depth=all`,
    );
    await answered;
    const answeredAt = performance.now();
    const node = page.locator('.react-flow__node').first();
    await node.waitFor();
    print('graph of 500 services after its data', answeredAt);
    expect(await page.locator('.react-flow__node').count()).toBeGreaterThan(
      services / 2,
    );

    const box = await node.boundingBox();
    if (!box) throw new Error('The node has no place on the screen.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 60, { steps: 10 });
    await page.mouse.up();
    await screenshot(page, 'dependencies-500');
    expect(complaints).toEqual([]);

    const { removedEdges } = await portal.client.reportDependencies({
      source,
      mode: 'replace',
    });
    expect(removedEdges).toBeGreaterThan(services);
  });
});
