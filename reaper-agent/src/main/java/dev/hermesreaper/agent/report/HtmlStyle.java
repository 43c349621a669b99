package dev.hermesreaper.agent.report;

/** How a page looks, in the light and in the dark, on a screen of any width and on paper. */
final class HtmlStyle {

    static final String CSS =
            """
            :root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #57606a; --rule: #d0d7de;
              --panel: #f6f8fa; --bad: #b3261e; --good: #1a6b3c; --doubt: #8a5300; --keep: #5aa786; --wait: #e3b23c;
              --report: #8e7cc3; --reap: #cf4b41; --resident: #6f9fd8; --swapped: #b9cfec; --c0: #1b6ca8; --c1: #c2571a;
              --c2: #2f7d4f; --c3: #8a3f8f; --c4: #6b5d00; --c5: #44505c; }
            @media (prefers-color-scheme: dark) { :root { --paper: #0e1116; --ink: #e6edf3; --faint: #9ba6b2;
              --rule: #343b45; --panel: #171b22; --bad: #ff8a80; --good: #6fd19b; --doubt: #f0b457; --keep: #3f8f6d;
              --wait: #c79a2b; --report: #8572c2; --reap: #d2574d; --resident: #3f73b3; --swapped: #274c7a;
              --c0: #6fb5ee; --c1: #f29a63; --c2: #73cf97; --c3: #d690db; --c4: #d9c64c; --c5: #a9b6c3; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--paper); color: var(--ink);
              font: 15px/1.45 system-ui, sans-serif; }
            h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--rule); }
            p { margin: .4rem 0; overflow-wrap: anywhere; }
            .skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; }
            .status { font-weight: 700; } .bad { color: var(--bad); } .good { color: var(--good); }
            .doubt { color: var(--doubt); } .faint, footer { color: var(--faint); }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; }
            figure { margin: 0; padding: .75rem; background: var(--panel); border: 1px solid var(--rule);
              border-radius: 6px; min-width: 0; }
            figcaption { font-weight: 600; margin-bottom: .25rem; }
            svg { display: block; width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif;
              fill: var(--faint); }
            .grid { stroke: var(--rule); } .mark { stroke: var(--ink); stroke-dasharray: 3 3; stroke-width: 1.5; }
            .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
            .area.keep { fill: var(--keep); } .area.wait { fill: var(--wait); } .area.report { fill: var(--report); }
            .area.reap { fill: var(--reap); } .area.resident { fill: var(--resident); }
            .area.swapped { fill: var(--swapped); }
            .line.line0 { stroke: var(--c0); } .line.line1 { stroke: var(--c1); stroke-dasharray: 8 3; }
            .line.line2 { stroke: var(--c2); } .line.line3 { stroke: var(--c3); stroke-dasharray: 2 3; }
            .line.line4 { stroke: var(--c4); } .line.line5 { stroke: var(--c5); stroke-dasharray: 8 3 2 3; }
            .legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: .4rem 0 0; padding: 0; list-style: none;
              font-size: .85rem; } .legend li { overflow-wrap: anywhere; }
            .legend li::before { content: ""; display: inline-block; width: .8rem; height: .8rem; margin-right: .35rem;
              border-radius: 2px; vertical-align: -.1rem; }
            .legend .keep::before { background: var(--keep); } .legend .wait::before { background: var(--wait); }
            .legend .report::before { background: var(--report); } .legend .reap::before { background: var(--reap); }
            .legend .resident::before { background: var(--resident); }
            .legend .swapped::before { background: var(--swapped); }
            .legend .line0::before { background: var(--c0); } .legend .line1::before { background: var(--c1); }
            .legend .line2::before { background: var(--c2); } .legend .line3::before { background: var(--c3); }
            .legend .line4::before { background: var(--c4); } .legend .line5::before { background: var(--c5); }
            .scroll { overflow-x: auto; margin: .75rem 0; } .scroll:focus, summary:focus, a:focus {
              outline: 2px solid var(--c0); outline-offset: 2px; }
            table { border-collapse: collapse; min-width: 100%; font-variant-numeric: tabular-nums; }
            caption { text-align: left; font-weight: 600; padding: .25rem 0; }
            th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--rule); vertical-align: top; }
            thead th { color: var(--faint); font-size: .85rem; white-space: nowrap; } tbody th { font-weight: 500; }
            .number { text-align: right; white-space: nowrap; } td ul { margin: .25rem 0; padding-left: 1.1rem; }
            tbody th { white-space: nowrap; } summary { cursor: pointer; }
            @media (max-width: 40rem) { svg text { font-size: 20px; } .between { display: none; } }
            @media print { .scroll { overflow: visible; } }
            """;

    private HtmlStyle() {}
}
