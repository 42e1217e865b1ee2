'use strict';
// How each kind of mark is drawn: what it covers on either axis, and its shapes.
const marks = (() => {
  const known = v => v !== null && Number.isFinite(v);
  const symbols = {
    CIRCLE: d3.symbolCircle, SQUARE: d3.symbolSquare, DIAMOND: d3.symbolDiamond, TRIANGLE: d3.symbolTriangle2,
  };
  const symbol = (shape, size) => d3.symbol(symbols[shape] || d3.symbolCircle, size)();
  const all = values => values.filter(known);
  // Stops of a sequential map whose lightness grows evenly, dark to bright.
  const heat = d3.interpolateRgbBasis(
    ['#440154', '#472c7a', '#3b518b', '#2c718e', '#21908d', '#27ad81', '#5cc863', '#aadc32', '#fde725']);

  // Limits that are as far below zero as above it are of differences: neutral where there are none.
  const difference = d3.interpolateRgbBasis(
    ['#2166ac', '#67a9cf', '#d1e5f0', '#f7f7f7', '#fddbc7', '#ef8a62', '#b2182b']);
  const colours = mark => mark.low === -mark.high ? difference : heat;

  function picture(mark) {
    const canvas = document.createElement('canvas');
    canvas.width = mark.cols;
    canvas.height = mark.rows;
    const context = canvas.getContext('2d');
    const image = context.createImageData(mark.cols, mark.rows);
    const range = mark.high - mark.low || 1, colour = colours(mark);
    mark.values.forEach((value, i) => {
      if (!known(value)) return;
      const c = d3.rgb(colour(Math.min(1, Math.max(0, (value - mark.low) / range))));
      image.data.set([c.r, c.g, c.b, 255], 4 * i);
    });
    context.putImageData(image, 0, 0);
    return canvas.toDataURL('image/png');
  }

  return {
    known,
    symbol,
    colours,
    line: {
      x: m => all(m.x),
      y: m => all(m.y),
      draw(g, m, at) {
        const path = d3.line().defined(i => at.has(m.x[i], m.y[i])).x(i => at.x(m.x[i])).y(i => at.y(m.y[i]));
        g.append('path').attr('class', `line ${m.colour}${m.dashed ? ' dashed' : ''}`).attr('d', path(d3.range(m.x.length)));
      },
      key: (g, m) => g.append('path').attr('class', `line ${m.colour}${m.dashed ? ' dashed' : ''}`).attr('d', 'M0,0H20'),
    },
    dots: {
      x: m => all(m.x),
      y: m => all(m.y),
      draw(g, m, at) {
        const size = m.x.length > 60 ? 26 : m.x.length === 1 ? 110 : 46;
        const points = d3.range(m.x.length).filter(i => at.has(m.x[i], m.y[i]));
        const dots = g.selectAll(null).data(points).join('path')
          .attr('class', `dot ${m.colour}${m.hollow ? ' hollow' : ''}`)
          .attr('d', symbol(m.shape, size))
          .attr('transform', i => `translate(${at.px(m.x[i])},${at.py(m.y[i])})`);
        if (m.labels.length) dots.append('title').text(i => m.labels[i]);
      },
      key: (g, m) => g.append('path').attr('class', `dot ${m.colour}${m.hollow ? ' hollow' : ''}`)
        .attr('transform', 'translate(10,0)').attr('d', symbol(m.shape, 46)),
    },
    spans: {
      x: m => all(m.x),
      y: m => all(m.low).concat(all(m.high)),
      draw(g, m, at) {
        g.selectAll(null).data(d3.range(m.x.length).filter(i => at.has(m.x[i], m.low[i]) && at.has(m.x[i], m.high[i])))
          .join('line').attr('class', `span ${m.colour}`)
          .attr('x1', i => at.px(m.x[i])).attr('x2', i => at.px(m.x[i]))
          .attr('y1', i => at.py(m.low[i])).attr('y2', i => at.py(m.high[i]));
      },
      key: (g, m) => g.append('path').attr('class', `span ${m.colour}`).attr('d', 'M10,-7V7'),
    },
    ribbon: {
      x: m => all(m.x),
      y: m => all(m.low).concat(all(m.high)),
      draw(g, m, at) {
        const area = d3.area().defined(i => at.has(m.x[i], m.low[i]) && at.has(m.x[i], m.high[i]))
          .x(i => at.x(m.x[i])).y0(i => at.y(m.low[i])).y1(i => at.y(m.high[i]));
        g.append('path').attr('class', `ribbon ${m.colour}`).attr('d', area(d3.range(m.x.length)));
      },
      key: (g, m) => g.append('rect').attr('class', `ribbon ${m.colour}`).attr('width', 20).attr('height', 12).attr('y', -6),
    },
    bars: {
      x: m => all(m.from).concat(all(m.to)),
      y: m => all(m.height).concat(0),
      draw(g, m, at) {
        g.selectAll(null).data(d3.range(m.from.length).filter(i => known(m.height[i])))
          .join('rect').attr('class', `bar ${m.colour}${m.outline ? ' outline' : ''}`)
          .attr('x', i => at.px(m.from[i])).attr('width', i => Math.max(0, at.px(m.to[i]) - at.px(m.from[i])))
          .attr('y', i => at.py(m.height[i])).attr('height', i => Math.max(0, at.py(0) - at.py(m.height[i])));
      },
      key: (g, m) => g.append('rect').attr('class', `bar ${m.colour}${m.outline ? ' outline' : ''}`)
        .attr('width', 20).attr('height', 12).attr('y', -6),
    },
    rule: {
      x: m => m.vertical ? all([m.at]) : [],
      y: m => m.vertical ? [] : all([m.at]),
      draw(g, m, at) {
        if (!known(m.at)) return;
        const place = m.vertical ? at.px(m.at) : at.py(m.at);
        g.append('path').attr('class', `rule ${m.colour}`)
          .attr('d', m.vertical ? `M${place},${at.top}V${at.bottom}` : `M${at.left},${place}H${at.right}`);
      },
      key: (g, m) => g.append('path').attr('class', `rule ${m.colour}`).attr('d', m.vertical ? 'M10,-7V7' : 'M0,0H20'),
    },
    shade: {
      x: () => [],
      y: () => [],
      draw(g, m, at) {
        const x0 = known(m.x0) ? at.px(m.x0) : at.left, x1 = known(m.x1) ? at.px(m.x1) : at.right;
        const y0 = known(m.y0) ? at.py(m.y0) : at.bottom, y1 = known(m.y1) ? at.py(m.y1) : at.top;
        g.append('rect').attr('class', `shade ${m.colour}`).attr('x', x0).attr('y', y1)
          .attr('width', Math.max(0, x1 - x0)).attr('height', Math.max(0, y0 - y1));
      },
      key: (g, m) => g.append('rect').attr('class', `shade ${m.colour}`).attr('width', 20).attr('height', 12).attr('y', -6),
    },
    note: {
      x: () => [],
      y: () => [],
      draw(g, m, at) {
        if (!known(m.x) || !known(m.y)) return;
        const x = at.px(m.x), late = x > (at.left + at.right) / 2;
        g.append('text').attr('class', `note ${m.colour}`).attr('x', x + (late ? -8 : 8))
          .attr('y', Math.max(at.top + 12, Math.min(at.bottom - 6, at.py(m.y) - 9)))
          .attr('text-anchor', late ? 'end' : 'start').text(m.text);
      },
      key: () => {},
    },
    cells: {
      x: m => [0, m.cols],
      y: m => [0, m.rows],
      draw(g, m, at) {
        const w = (at.right - at.left) / m.cols, h = (at.bottom - at.top) / m.rows;
        if (!m.written) {
          g.append('image').attr('x', at.left).attr('y', at.top).attr('width', at.right - at.left)
            .attr('height', at.bottom - at.top).attr('preserveAspectRatio', 'none')
            .attr('image-rendering', 'pixelated').attr('href', picture(m));
          return;
        }
        const range = m.high - m.low || 1;
        m.values.forEach((value, i) => {
          if (!known(value)) return;
          const x = at.left + (i % m.cols) * w, y = at.top + Math.floor(i / m.cols) * h;
          g.append('rect').attr('class', 'cell').attr('x', x).attr('y', y).attr('width', w).attr('height', h)
            .attr('fill-opacity', 0.5 * Math.min(1, Math.max(0, (value - m.low) / range)));
          if (value !== 0) g.append('text').attr('class', 'value').attr('x', x + w / 2).attr('y', y + h / 2 + 4).text(value);
        });
      },
      key: () => {},
    },
  };
})();
