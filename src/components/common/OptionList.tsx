import { checkIcon } from '@jupyterlab/ui-components';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import React, {
  type HTMLAttributes,
  type RefAttributes,
  type RefCallback,
  type RefObject,
  useEffect
} from 'react';

/**
 * One option of a list.
 */
export interface IOption {
  id: string;
  label: string;
  /**
   * A shorter or technical name, next to the label.
   */
  detail?: string | undefined;
}

type ElementProps<T> = HTMLAttributes<T> & RefAttributes<T>;

export interface IOptionListProps {
  options: readonly IOption[];
  highlighted: number;
  /**
   * The list element, which scrolls.
   */
  list: RefObject<HTMLUListElement>;
  listProps: ElementProps<HTMLUListElement>;
  optionProps: (
    index: number,
    ref: RefCallback<HTMLLIElement>
  ) => ElementProps<HTMLLIElement>;
  isChosen: (option: IOption) => boolean;
}

/**
 * An open listbox. Only the visible options are in the page, and the highlighted one, which screen
 * readers must find there.
 */
export function OptionList(props: IOptionListProps): JSX.Element {
  const { options, highlighted } = props;
  const virtualizer = useVirtualizer<HTMLUListElement, HTMLLIElement>({
    count: options.length,
    getScrollElement: () => props.list.current,
    estimateSize: () => 28,
    getItemKey: index => options[index]?.id ?? index,
    overscan: 12,
    rangeExtractor: range => {
      const rows = defaultRangeExtractor(range);
      return highlighted < 0 || rows.includes(highlighted)
        ? rows
        : [...rows, highlighted].sort((a, b) => a - b);
    },
    useFlushSync: false
  });
  useEffect(() => {
    if (highlighted >= 0) {
      virtualizer.scrollToIndex(highlighted);
    }
  }, [highlighted, virtualizer]);

  return (
    <ul {...props.listProps} className="hnl-Combobox-list">
      <li role="presentation" style={{ height: virtualizer.getTotalSize() }} />
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const option = options[index];
        return (
          option && (
            <li
              key={key}
              {...props.optionProps(index, virtualizer.measureElement)}
              className={`hnl-Combobox-option${
                index === highlighted ? ' hnl-mod-highlighted' : ''
              }`}
              aria-posinset={index + 1}
              aria-setsize={options.length}
              data-index={index}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className="hnl-Combobox-check" aria-hidden="true">
                {props.isChosen(option) && <checkIcon.react tag="span" />}
              </span>
              <span className="hnl-Combobox-optionLabel">{option.label}</span>
              {option.detail && (
                <span className="hnl-Combobox-optionDetail">
                  {option.detail}
                </span>
              )}
            </li>
          )
        );
      })}
    </ul>
  );
}
