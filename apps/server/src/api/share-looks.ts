/**
 * Gives all who ask within some time the same answer, that of the first.
 *
 * @param read looks.
 * @param freshMs time from the end of a look for which its answer is given.
 * @param now milliseconds on a clock that does not go back.
 */
export function shareLooks<Answer>(
  read: () => Promise<Answer>,
  freshMs: number,
  now: () => number = () => performance.now(),
): () => Promise<Answer> {
  let look: { readonly answer: Promise<Answer>; endedAt: number } | undefined;
  return () => {
    if (look === undefined || now() - look.endedAt > freshMs) {
      const begun = { answer: read(), endedAt: Number.POSITIVE_INFINITY };
      const end = () => {
        begun.endedAt = now();
      };
      begun.answer.then(end, end);
      look = begun;
    }
    return look.answer;
  };
}
