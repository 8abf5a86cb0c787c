/** The mark: a lit lamp in a rounded window. Its colours are the brand's own, in every theme. */
export function Logo(props: { size: number }) {
  return <img src="/icon.svg" alt="" width={props.size} height={props.size} />;
}
