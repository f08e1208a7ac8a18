/** Cuts services into groups with at most so many of them and so many series, in their order. */
export function cutIntoGroups<S>(
  members: readonly { service: S; series: number }[],
  most: { services: number; series: number },
): S[][] {
  const groups: S[][] = [];
  let room = 0;
  for (const { service, series } of members) {
    const group = groups.at(-1);
    if (group && group.length < most.services && series <= room) {
      group.push(service);
      room -= series;
    } else {
      groups.push([service]);
      room = most.series - series;
    }
  }
  return groups;
}
