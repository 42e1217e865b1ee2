'use strict';
// Draws the page's plots as SVG at the width that they have, and again when that changes.
(() => {
  const specs = JSON.parse(document.getElementById('plots').textContent);
  const ruler = document.createElement('canvas').getContext('2d');
  const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
  function length(text, bold = false) {
    ruler.font = bold ? `600 ${FONT}` : FONT;
    return ruler.measureText(text).width;
  }
  const LINE = 18;

  function scale(axis, values, range) {
    let good = values.filter(v => !axis.log || v > 0);
    let [low, high] = good.length ? d3.extent(good) : axis.log ? [1, 10] : [0, 1];
    const pad = axis.log ? Math.pow(high / low || 1, 0.04) : 0.04 * (high - low);
    if (low === high) {
      low = axis.log ? low / 2 : low - (Math.abs(low) || 1) / 2;
      high = axis.log ? high * 2 : high + (Math.abs(high) || 1) / 2;
    } else if (axis.log) {
      low /= pad;
      high *= pad;
    } else {
      low = low === 0 ? 0 : low - pad;
      high += pad;
    }
    const domain = [marks.known(axis.from) ? axis.from : low, marks.known(axis.to) ? axis.to : high];
    return (axis.log ? d3.scaleLog() : d3.scaleLinear()).domain(domain).range(range);
  }

  // Ticks of an axis as [place, label]; the less important ones give way.
  function ticks(axis, s, count, room) {
    if (!axis.ticks.length && axis.log) return decades(s, count);
    if (!axis.ticks.length) {
      const format = s.tickFormat(count);
      return s.ticks(count).map(v => [v, format(v)]);
    }
    const taken = [];
    return axis.ticks.filter(t => {
      const place = s(t.at), half = room(t.label) / 2 + 4;
      const [a, b] = d3.extent(s.range());
      if (!(place >= a - 1 && place <= b + 1) || taken.some(o => Math.abs(o[0] - place) < o[1] + half)) return false;
      taken.push([place, half]);
      return true;
    }).map(t => [t.at, t.label]);
  }

  // Powers of ten, and 2 and 5 times these where there is room.
  function decades(s, count) {
    const [low, high] = s.domain();
    const places = steps => d3.range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1)
      .flatMap(e => steps.map(m => Number(`${m}e${e}`))).filter(v => v >= low && v <= high);
    const fine = places([1, 2, 5]), coarse = places([1]);
    const found = fine.length <= 1.6 * count || coarse.length < 2 ? fine : coarse;
    return found.map(v => [v, v >= 1e5 || v < 1e-3 ? d3.format('~e')(v) : d3.format('~r')(v)]);
  }

  // The words of a text in lines that fit; a word too long for a line is broken.
  function lines(text, width, bold = false) {
    const rows = [''];
    for (let word of text.split(/\s+/).filter(w => w)) {
      const line = rows[rows.length - 1];
      if (line && length(`${line} ${word}`, bold) <= width) {
        rows[rows.length - 1] = `${line} ${word}`;
        continue;
      }
      while (length(word, bold) > width && word.length > 1) {
        let cut = word.length - 1;
        while (cut > 1 && length(word.slice(0, cut), bold) > width) cut--;
        rows.push(word.slice(0, cut));
        word = word.slice(cut);
      }
      rows.push(word);
    }
    return rows.filter(row => row);
  }

  function legend(svg, spec, width, top) {
    let x = 0, y = top;
    for (const mark of spec.marks.filter(m => m.name)) {
      const wide = 26 + length(mark.name) + 14;
      if (x > 0 && x + wide > width) {
        x = 0;
        y += LINE;
      }
      const g = svg.append('g').attr('transform', `translate(${x},${y + 9})`);
      marks[mark.mark].key(g, mark);
      lines(mark.name, width - 26).forEach((line, i) => {
        g.append('text').attr('x', 26).attr('y', 4 + i * LINE).text(line);
        if (i > 0) y += LINE;
      });
      x += wide;
    }
    return x > 0 ? y + LINE + 4 : top;
  }

  function colourBar(svg, mark, x, y, wide) {
    const steps = 24, colour = marks.colours(mark);
    for (let i = 0; i < steps; i++) {
      svg.append('rect').attr('x', x + i * wide / steps).attr('y', y).attr('width', wide / steps + 0.5).attr('height', 10)
        .attr('fill', colour(i / (steps - 1)));
    }
    const format = d3.format('.3~g');
    svg.append('text').attr('x', x).attr('y', y + 24).text(format(mark.low));
    svg.append('text').attr('x', x + wide).attr('y', y + 24).attr('text-anchor', 'end').text(format(mark.high));
  }

  function draw(holder) {
    const id = holder.dataset.plot, spec = specs[id];
    const width = Math.max(240, Math.round(holder.clientWidth));
    const svg = d3.create('svg').attr('class', 'plot').attr('xmlns', 'http://www.w3.org/2000/svg')
      .attr('role', 'img').attr('aria-labelledby', `${id}-title`).attr('aria-describedby', `${id}-caption`);
    const cells = spec.marks.find(m => m.mark === 'cells');
    const map = cells && !cells.written;
    let top = legend(svg, spec, width, 0);
    const above = lines(spec.y.label, width, true);
    above.forEach((line, i) => svg.append('text').attr('class', 'label').attr('y', top + 12 + i * LINE).text(line));
    top += above.length * LINE + 4;

    const height = spec.square ? Math.min(width, 460) * 0.86 : Math.max(210, Math.min(320, width * 0.58));
    const bottom = top + height;
    const values = axis => spec.marks.flatMap(m => marks[m.mark][axis](m));
    const yScale = scale(spec.y, values('y'), [bottom, top]);
    const yTicks = cells ? [] : ticks(spec.y, yScale, height / 45, () => 12);
    const names = cells ? cells.row_names : yTicks.map(t => t[1]);
    const left = Math.ceil(Math.min(width / 3, Math.max(14, ...names.map(name => length(name))))) + (cells ? 6 : 12);
    const right = spec.square && cells ? Math.min(width - 4, left + height) : width - 12;
    const xScale = scale(spec.x, values('x'), [left, right]);
    if (cells) {
      xScale.domain([0, cells.cols]);
      yScale.domain([cells.rows, 0]);
    }
    const xTicks = cells ? [] : ticks(spec.x, xScale, width / 75, text => length(text));

    if (!cells) {
      const across = d3.axisLeft(yScale).tickValues(yTicks.map(t => t[0])).tickSize(-(right - left)).tickFormat('');
      svg.append('g').attr('class', 'grid').attr('transform', `translate(${left},0)`).call(across);
    }
    svg.append('clipPath').attr('id', `clip-${id}`).append('rect').attr('x', left - 1).attr('y', top - 1)
      .attr('width', right - left + 9).attr('height', height + 2);
    const field = svg.append('g').attr('clip-path', `url(#clip-${id})`);
    const round = v => Math.round(v * 10) / 10;
    const at = {
      left, right, top, bottom,
      x: xScale,
      y: yScale,
      px: v => round(xScale(v)),
      py: v => round(yScale(v)),
      has: (x, y) => marks.known(x) && marks.known(y) && marks.known(xScale(x)) && marks.known(yScale(y)),
    };
    spec.marks.forEach(m => marks[m.mark].draw(field, m, at));

    let foot = bottom;
    if (cells) {
      names.forEach((name, i) => svg.append('text').attr('x', left - 6).attr('text-anchor', 'end')
        .attr('y', top + (i + 0.5) * height / names.length + 4).text(short(name, left - 8)));
      const wide = (right - left) / Math.max(1, cells.col_names.length);
      cells.col_names.forEach((name, i) => svg.append('text').attr('text-anchor', 'middle')
        .attr('x', left + (i + 0.5) * wide).attr('y', bottom + 16).text(short(name, wide)));
      foot += cells.col_names.length ? 22 : 6;
    } else {
      const label = found => v => found.find(t => t[0] === v)[1];
      svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${bottom})`)
        .call(d3.axisBottom(xScale).tickValues(xTicks.map(t => t[0])).tickFormat(label(xTicks)).tickSizeOuter(0));
      svg.append('g').attr('class', 'axis').attr('transform', `translate(${left},0)`)
        .call(d3.axisLeft(yScale).tickValues(yTicks.map(t => t[0])).tickFormat(label(yTicks)).tickSizeOuter(0));
      foot += 24;
    }
    lines(spec.x.label, 2 * Math.min(width - (left + right) / 2, (left + right) / 2), true).forEach(line => {
      svg.append('text').attr('class', 'label').attr('text-anchor', 'middle')
        .attr('x', (left + right) / 2).attr('y', foot + 12).text(line);
      foot += LINE;
    });
    if (map) {
      colourBar(svg, cells, left, foot + 4, right - left);
      foot += 34;
    }
    svg.attr('viewBox', `0 0 ${width} ${Math.ceil(foot + 4)}`).attr('width', width).attr('height', Math.ceil(foot + 4));
    holder.replaceChildren(svg.node());
  }

  function short(text, room) {
    if (length(text) <= room) return text;
    let cut = text.slice(0, 24);
    while (cut.length > 1 && length(cut + '…') > room) cut = cut.slice(0, -1);
    return cut + '…';
  }

  // The picture by itself, with its colours for light and dark.
  function save(id) {
    const drawn = document.querySelector(`[data-plot="${id}"] svg`).cloneNode(true);
    drawn.removeAttribute('aria-labelledby');
    drawn.removeAttribute('aria-describedby');
    const [, , w, h] = drawn.getAttribute('viewBox').split(' ').map(Number);
    drawn.setAttribute('viewBox', `-12 -12 ${w + 24} ${h + 24}`);
    drawn.setAttribute('width', w + 24);
    drawn.setAttribute('height', h + 24);
    const top = d3.select(drawn);
    top.insert('rect', ':first-child').attr('class', 'ground').attr('x', -12).attr('y', -12)
      .attr('width', '100%').attr('height', '100%');
    top.insert('style', ':first-child').text(document.getElementById('plot-style').textContent);
    top.insert('desc', ':first-child').text(document.getElementById(`${id}-caption`).textContent);
    top.insert('title', ':first-child').text(document.getElementById(`${id}-title`).textContent);
    return new XMLSerializer().serializeToString(drawn);
  }

  for (const button of document.querySelectorAll('[data-save]')) {
    button.hidden = false;
    button.setAttribute('aria-label', `Picture as SVG: ${document.getElementById(`${button.dataset.save}-title`).textContent}`);
    button.addEventListener('click', () => {
      const link = document.createElement('a');
      link.download = `${button.dataset.save}.svg`;
      link.href = URL.createObjectURL(new Blob([save(button.dataset.save)], {type: 'image/svg+xml'}));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }

  const widths = new WeakMap();
  const watch = new ResizeObserver(entries => entries.forEach(entry => {
    const holder = entry.target, width = Math.round(holder.clientWidth);
    if (width > 0 && widths.get(holder) !== width) {
      widths.set(holder, width);
      draw(holder);
    }
  }));
  document.querySelectorAll('.plot[data-plot]').forEach(holder => {
    widths.set(holder, Math.round(holder.clientWidth));
    draw(holder);
    watch.observe(holder);
  });
})();
