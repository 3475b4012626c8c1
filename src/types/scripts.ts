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
