"use strict";

// Stacked bars from a table: the table is the data, and stays readable without scripts.
const FILLS = { met: "--oz-met", near: "--oz-near", unknown: "--oz-unknown", not_met: "--oz-not-met", late: "--oz-late" };

function read(table) {
  const heads = [...table.tHead.rows[0].cells].slice(1);
  const rows = [...table.tBodies[0].rows].map((row) => ({
    label: row.cells[0].textContent.trim(),
    values: [...row.cells].slice(1).map((cell) => Number(cell.dataset.value)),
  }));
  return { heads, rows: rows.reverse() };
}

function options(table) {
  const { heads, rows } = read(table);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const series = heads.map((head, index) => ({
    name: head.textContent.trim(),
    type: "bar",
    stack: "all",
    barWidth: 16,
    itemStyle: { color: colour(FILLS[head.dataset.outcome]) },
    data: rows.map((row) => row.values[index]),
  }));
  return {
    animation: false,
    aria: { enabled: true, decal: { show: true } },
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0 },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText" },
    xAxis: { type: "value", minInterval: 1, axisLabel: { hideOverlap: true } },
    yAxis: { type: "category", data: rows.map((row) => row.label), axisTick: { show: false } },
    series,
  };
}

for (const box of document.querySelectorAll("[data-chart]")) {
  const table = document.getElementById(box.dataset.chart);
  const chart = echarts.init(box, null, { renderer: "svg" });
  chart.setOption(options(table));
  new ResizeObserver(() => chart.resize()).observe(box);
}
