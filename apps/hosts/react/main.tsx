import '@sama/elements/funnel/define';
import type { SamaFunnel } from '@sama/elements/funnel';
import '@sama/elements/react';
import { useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { FIRST, LATER } from '../src/rows.ts';

function Page() {
  const funnel = useRef<SamaFunnel>(null);
  const [rows, setRows] = useState(FIRST);
  const [chosen, setChosen] = useState('');
  const [csv, setCsv] = useState('');
  return (
    <>
      <sama-funnel
        ref={funnel}
        data={rows}
        label="New customers"
        time-zone="Europe/Vienna"
        onsama-stage-select={(event) => setChosen(event.detail.label)}
      />
      <button onClick={() => setRows(LATER)}>Later</button>
      <button onClick={() => void funnel.current?.toCSV().then(setCsv)}>As CSV</button>
      <output id="chosen">{chosen}</output>
      <output id="csv">{csv}</output>
    </>
  );
}

const place = document.getElementById('page');
if (place !== null) createRoot(place).render(<Page />);
