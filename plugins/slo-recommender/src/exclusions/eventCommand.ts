import { parseEntityRef } from '@backstage/catalog-model';

/**
 * A shell command that tells of a deploy of a service. Version and run come from the variables of GitHub Actions,
 * GitLab CI or Jenkins, unless `VERSION`, `RUN_ID` and `RUN_URL` say them; ids are those of the snippets in
 * `docs/deploys.md`.
 *
 * @param baseUrl - of the backend plugin
 */
export function eventCommand(baseUrl: string, entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return `VERSION="\${VERSION:-$(git describe --tags --always)}"
RUN_ID="\${RUN_ID:-\${GITHUB_RUN_ID:+github-$GITHUB_RUN_ID-$GITHUB_RUN_ATTEMPT}}"
RUN_ID="\${RUN_ID:-\${CI_PIPELINE_ID:+gitlab-$CI_PIPELINE_ID}}"
RUN_ID="\${RUN_ID:-jenkins-\${BUILD_NUMBER:?is not set, nor is RUN_ID}}"
RUN_URL="\${RUN_URL:-\${CI_PIPELINE_URL:-$BUILD_URL}}"
RUN_URL="\${RUN_URL:-\${GITHUB_RUN_ID:+$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID}}"
URL_LINE="\${RUN_URL:+\\"url\\": \\"$RUN_URL\\",}"
curl --silent --show-error --fail-with-body --retry 3 --max-time 10 --data @- \\
  --header "Authorization: Bearer $SLO_RECOMMENDER_TOKEN" \\
  --header 'Content-Type: application/json' \\
  '${baseUrl}/v1/services/${path}/events' <<EOF
{
  "type": "deploy",
  "title": "Deploy $VERSION",
  "version": "$VERSION",
  $URL_LINE
  "id": "$RUN_ID"
}
EOF`;
}
