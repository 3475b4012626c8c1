/**
 * A kernel that this Jupyter server can start.
 */
export interface IKernel {
  name: string;
  display_name: string;
}
