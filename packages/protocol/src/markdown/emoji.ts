/** More code units than any emoji has: what is longer is not looked at. */
const MOST = 64;
const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

/**
 * Whether a text is exactly one emoji as Unicode recommends it for interchange (RGI), however many code points that takes:
 * with its skin tone, its joiners and the selector that asks for a picture. What is an emoji is as new as the platform.
 */
export function isEmoji(text: string): boolean {
  return text.length <= MOST && ONE_EMOJI.test(text);
}
