/**
 * The two members of a record that are scripts.
 */
export type ScriptMember = 'loader' | 'batch_script';

/**
 * A script's name and its text.
 */
export interface IScript {
  file_name: string;
  text: string;
}

/**
 * A file that a script needs beside it.
 */
export interface ICompanion {
  name: string;
  /**
   * Whether it comes along.
   */
  checked: boolean;
  /**
   * The script that needs it.
   */
  member: ScriptMember;
}
