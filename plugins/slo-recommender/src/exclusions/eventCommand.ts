import { parseEntityRef } from '@backstage/catalog-model';

/**
 * A shell command that tells of a deploy of a service.
 *
 * @param baseUrl - of the backend plugin
 */
export function eventCommand(baseUrl: string, entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return `curl --fail --silent --show-error --data @- \\
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
