import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';

const pages = import.meta.glob<{ Page: ComponentType }>('../dist/usage/tsx/*.tsx', { eager: true });
const place = document.getElementById('page');
if (place !== null) createRoot(place).render(Object.entries(pages).map(([file, { Page }]) => <Page key={file} />));
