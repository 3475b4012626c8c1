import React, { useState } from 'react';

import type { IPreview } from '../types/api';
import { Section } from '../components/common/Section';
import type { IServices } from '../models/services';
import { CardView, CodeView, MarkdownView } from './renderers';

/**
 * What publishing would make: the card as it will look, and the notebook.
 */
export function PreviewView(props: {
  preview: IPreview;
  services: IServices;
}): JSX.Element {
  const { preview, services } = props;
  const { rendermime, trans } = services;
  const [isCardOpen, setCardOpen] = useState(true);
  const [isNotebookOpen, setNotebookOpen] = useState(false);
  return (
    <div className="hnl-Preview">
      <Section
        title={trans.__('Card')}
        open={isCardOpen}
        onToggle={setCardOpen}
      >
        <CardView card={preview.card} rendermime={rendermime} />
      </Section>
      <Section
        title={trans.__('Loader notebook')}
        open={isNotebookOpen}
        onToggle={setNotebookOpen}
      >
        {isNotebookOpen && (
          <Cells notebook={preview.notebook} services={services} />
        )}
      </Section>
    </div>
  );
}

interface ICell {
  cell_type?: unknown;
  source?: unknown;
}

function Cells(props: {
  notebook: IPreview['notebook'];
  services: IServices;
}): JSX.Element {
  const { notebook, services } = props;
  const { editors, rendermime, trans } = services;
  const cells = (
    Array.isArray(notebook['cells']) ? notebook['cells'] : []
  ) as ICell[];
  return (
    <>
      {cells.map(({ cell_type, source }, index) => {
        const text = Array.isArray(source)
          ? source.join('')
          : String(source ?? '');
        return cell_type === 'code' ? (
          <div className="hnl-Code" key={index}>
            <CodeView
              text={text}
              language="python"
              editors={editors}
              label={trans.__('Code cell')}
            />
          </div>
        ) : (
          <MarkdownView key={index} text={text} rendermime={rendermime} />
        );
      })}
    </>
  );
}
