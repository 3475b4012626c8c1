/**
 * One allowed value of a vocabulary.
 */
export interface ITerm {
  /**
   * The value itself.
   */
  id: string;
  /**
   * Its name for people.
   */
  label: string;
  aliases?: readonly string[];
  /**
   * Of a licence, its SPDX identifier.
   */
  spdx?: string;
  /**
   * Of a language, whether it is shown before the others.
   */
  common?: boolean;
}
