/** What is said in benchmarks: messages as long as people's, about 80 characters. */
const TEXT = 'Good news: the old projector works again. Has anybody checked the upstairs window?';

export function sampleText(index: number): string {
  return `${TEXT} #${index}`;
}
