// The owners of memory, as the analyzer reports them or, without one, as the pools tell of themselves.
import { bytes } from '../format.js';

export function owners({ report, usage }) {
  if (report) return report.owners.map(reported);
  return usage.pools.map(told).sort((a, b) => b.bytes - a.bytes);
}

function reported(owner) {
  return {
    name: owner.name,
    type: owner.type,
    connections: owner.connections,
    active: owner.active,
    places: owner.columns,
    bytes: owner.bytes,
    low: owner.lowBytes,
    high: owner.highBytes,
    confidence: owner.confidence.toLowerCase(),
    evidence: owner.evidence,
  };
}

function told({ pool, figures }) {
  const sum = (of) => figures.filter(of).reduce((total, figure) => total + figure.bytes, 0);
  const measured = sum((figure) => figure.basis === 'MEASURED');
  const estimated = sum((figure) => figure.basis === 'ESTIMATED');
  const all = sum(() => true);
  return {
    name: pool,
    type: 'pool',
    connections: figures
      .filter((figure) => figure.kind === 'CONNECTIONS')
      .reduce((total, figure) => total + figure.count, 0),
    bytes: all,
    low: measured,
    high: all,
    confidence: estimated === 0 ? 'high' : measured > 0 ? 'medium' : 'low',
    evidence: figures.filter((figure) => figure.bytes > 0).map(line),
  };
}

function line({ kind, bytes: size, basis, how }) {
  return kind.toLowerCase() + ': ' + bytes(size) + ', ' + basis.toLowerCase() + ' (' + how + ')';
}
