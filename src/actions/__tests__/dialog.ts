import { act, fireEvent, waitFor, within } from '@testing-library/react';

/**
 * Open a dialog, whose React parts are rendered then.
 */
export function openDialog<T>(dialog: () => Promise<T>): Promise<T> {
  let answer!: Promise<T>;
  act(() => {
    answer = dialog();
  });
  return answer;
}

/**
 * Wait for JupyterLab's dialog. Its title is rendered a moment after its buttons.
 */
export function shownDialog(): Promise<HTMLElement> {
  return waitFor(() => {
    const found = document.querySelector<HTMLElement>('.jp-Dialog');
    expect(found?.querySelector('.jp-Dialog-header')?.textContent).toBeTruthy();
    return found!;
  });
}

/**
 * Wait for JupyterLab's dialog and press a button of it.
 *
 * @param tick - The label of a checkbox to tick first.
 * @returns What the dialog said.
 */
export async function pressInDialog(
  label: string,
  tick?: RegExp
): Promise<string> {
  const dialog = await shownDialog();
  const text = dialog.textContent ?? '';
  await act(async () => {
    if (tick) {
      fireEvent.click(within(dialog).getByLabelText(tick));
    }
    fireEvent.click(within(dialog).getByText(label));
  });
  return text;
}
