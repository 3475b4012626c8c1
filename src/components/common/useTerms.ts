import { useCallback, useEffect, useState } from 'react';

import type { ITerm, LoadTerms } from '../../types/terms';

/**
 * The state of a vocabulary that a control uses.
 */
export interface ITerms {
  terms: readonly ITerm[];
  /**
   * Why it could not be loaded.
   */
  problem: string | null;
  loading: boolean;
  /**
   * Load it, unless it is loaded or loading.
   */
  load: () => void;
}

const NONE: readonly ITerm[] = [];

/**
 * The terms of a vocabulary, loaded when they are first needed.
 *
 * @param list - The vocabulary; undefined for a control that has none.
 * @param now - Whether they are needed at once, to label the selected values.
 * @param vocabulary - Loads them.
 */
export function useTerms(
  list: string | undefined,
  now: boolean,
  vocabulary: LoadTerms
): ITerms {
  const [requests, setRequests] = useState(0);
  const [terms, setTerms] = useState<readonly ITerm[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = list !== undefined && (now || requests > 0);

  useEffect(() => {
    if (!wanted) {
      return;
    }
    let isGone = false;
    setProblem(null);
    vocabulary(list).then(
      answer => isGone || setTerms(answer),
      (reason: unknown) =>
        isGone ||
        setProblem(reason instanceof Error ? reason.message : String(reason))
    );
    return () => {
      isGone = true;
    };
  }, [wanted, requests, list, vocabulary]);

  const idle = terms === null && (!wanted || problem !== null);
  const load = useCallback(() => {
    if (idle) {
      setRequests(count => count + 1);
    }
  }, [idle]);
  return {
    terms: terms ?? NONE,
    problem,
    loading: wanted && terms === null && problem === null,
    load
  };
}
