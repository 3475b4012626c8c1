/**
 * One term of a vocabulary: a value that a field accepts.
 */
export interface ITerm {
  /**
   * The value itself.
   */
  id: string;
  /**
   * The name to show.
   */
  label: string;
  aliases?: readonly string[];
  /**
   * Licences only: the SPDX identifier.
   */
  spdx?: string;
  /**
   * Sizes only: the least number of rows, and the first that is too large.
   */
  min_rows?: number;
  max_rows?: number;
  /**
   * Languages and licences only: whether it is listed before the others.
   */
  common?: boolean;
}

/**
 * Loads the terms of a vocabulary. It remembers them, so it can be called again and again.
 */
export type LoadTerms = (list: string) => Promise<readonly ITerm[]>;
