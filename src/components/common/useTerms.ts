import { useCallback, useEffect, useState } from 'react';

import type { ITerm } from './terms';

/**
 * A vocabulary on its way into a control.
 */
export interface ITerms {
  terms: readonly ITerm[];
  /**
   * Why it could not be had.
   */
  problem: string | null;
  loading: boolean;
  /**
   * Ask for it, if nobody did yet or the last answer was an error.
   */
  load: () => void;
}

const NONE: readonly ITerm[] = [];

/**
 * The terms of a vocabulary, asked for when they are needed first.
 *
 * @param list - The vocabulary; undefined for a control that has none.
 * @param now - Whether they are needed at once, to name what is chosen.
 * @param vocabulary - How to get them.
 */
export function useTerms(
  list: string | undefined,
  now: boolean,
  vocabulary: (list: string) => Promise<readonly ITerm[]>
): ITerms {
  const [asked, setAsked] = useState(0);
  const [terms, setTerms] = useState<readonly ITerm[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = list !== undefined && (now || asked > 0);

  useEffect(() => {
    if (!wanted) {
      return;
    }
    let gone = false;
    setProblem(null);
    vocabulary(list).then(
      answer => gone || setTerms(answer),
      (reason: unknown) =>
        gone ||
        setProblem(reason instanceof Error ? reason.message : String(reason))
    );
    return () => {
      gone = true;
    };
  }, [wanted, asked, list, vocabulary]);

  const idle = terms === null && (!wanted || problem !== null);
  const load = useCallback(() => {
    if (idle) {
      setAsked(count => count + 1);
    }
  }, [idle]);
  return {
    terms: terms ?? NONE,
    problem,
    loading: wanted && terms === null && problem === null,
    load
  };
}
