import { parseEntityRef } from '@backstage/catalog-model';

/**
 * A shell command that tells of a deploy of a service. Version and run come from the variables of GitHub Actions,
 * GitLab CI or Jenkins, unless `VERSION`, `RUN_ID` and `RUN_URL` say them.
 *
 * @param baseUrl - of the backend plugin
 */
export function eventCommand(baseUrl: string, entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return `VERSION="\${VERSION:-$(git describe --tags --always)}"
RUN_ID="\${RUN_ID:-\${GITHUB_RUN_ID:-\${CI_PIPELINE_ID:-\${BUILD_NUMBER:?is not set}}}}"
RUN_URL="\${RUN_URL:-\${CI_PIPELINE_URL:-\${BUILD_URL:-$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$RUN_ID}}}"
curl --fail --silent --show-error --data @- \\
  --header "Authorization: Bearer $SLO_RECOMMENDER_TOKEN" \\
  --header 'Content-Type: application/json' \\
  '${baseUrl}/v1/services/${path}/events' <<EOF
{
  "type": "deploy",
  "title": "Deploy $VERSION",
  "version": "$VERSION",
  "url": "$RUN_URL",
  "id": "deploy-$RUN_ID"
}
EOF`;
}
