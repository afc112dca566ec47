import { clean, escapeXml, fittedLines } from "./text";

export const palette = {
  page: "#f6f7f9",
  lane: "#ffffff",
  line: "#d5dbe3",
  text: "#1c2733",
  muted: "#566271",
  blue: "#2c5ea8",
  paleBlue: "#eaf1fb",
  green: "#1b7a45",
  paleGreen: "#e9f6ee",
  red: "#b42318",
  paleRed: "#fdeceb",
  orange: "#a8500a",
  paleOrange: "#fdf1e3",
  purple: "#71409e",
} as const;

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escapeXml(value)}"`)
    .join("");
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export interface TextStyle {
  readonly size?: number;
  readonly color?: string;
  readonly bold?: boolean;
  readonly anchor?: "start" | "middle";
}

/** One line of text; `y` is its baseline. */
export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { size = 13, color = palette.text, bold = false, anchor = "start" } = style;
  return element(
    "text",
    {
      x,
      y,
      "font-size": size,
      fill: color,
      ...(bold && { "font-weight": 600 }),
      ...(anchor !== "start" && { "text-anchor": anchor }),
    },
    escapeXml(clean(content)),
  );
}

/** A text cut to one line of a width. */
export function line(x: number, y: number, content: string, width: number, style: TextStyle = {}): string {
  const factor = style.bold === true ? 1.06 : 1;
  const [only = ""] = fittedLines(content, width / factor, style.size ?? 13, 1);
  return text(x, y, only, style);
}

export interface BoxStyle {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly radius?: number;
  readonly dashed?: boolean;
}

export function box(x: number, y: number, width: number, height: number, style: BoxStyle = {}): string {
  const { fill = palette.lane, stroke = palette.line, radius = 7, dashed = false } = style;
  return element("rect", {
    x,
    y,
    width,
    height,
    rx: radius,
    fill,
    stroke,
    "stroke-width": style.width ?? 1.2,
    ...(dashed && { "stroke-dasharray": "5 4" }),
  });
}

export interface EdgeStyle {
  readonly color: string;
  readonly dashed?: boolean;
  readonly arrow?: boolean;
  readonly width?: number;
}

/** A curve from left to right that starts and ends level. */
export function edge(x1: number, y1: number, x2: number, y2: number, style: EdgeStyle): string {
  const bend = Math.max(18, (x2 - x1) * 0.5);
  return element("path", {
    d: `M${round(x1)} ${round(y1)} C${round(x1 + bend)} ${round(y1)} ${round(x2 - bend)} ${round(y2)} ${round(x2)} ${round(y2)}`,
    fill: "none",
    stroke: style.color,
    "stroke-width": style.width ?? 1.6,
    ...(style.dashed === true && { "stroke-dasharray": "5 4" }),
    ...(style.arrow === true && { "marker-end": `url(#arrow-${style.color.slice(1)})` }),
  });
}

/** A shield, 14 wide and 16 high. */
export function shield(x: number, y: number, color: string, isFilled: boolean): string {
  const d = `M${round(x + 7)} ${round(y)} l7 2.6 v5.2 c0 4.4 -3 7 -7 8.4 c-4 -1.4 -7 -4 -7 -8.4 v-5.2 z`;
  const tick = element("path", {
    d: `M${round(x + 3.8)} ${round(y + 7.8)} l2.4 2.4 l4.2 -4.6`,
    fill: "none",
    stroke: isFilled ? "#ffffff" : color,
    "stroke-width": 1.7,
  });
  const outline = element("path", { d, fill: isFilled ? color : "none", stroke: color, "stroke-width": 1.3 });
  return isFilled ? outline + tick : outline;
}

/** The whole picture with everything that a reader without eyes needs. */
export function svg(
  width: number,
  height: number,
  title: string,
  description: string,
  parts: readonly string[],
): string {
  const markers = [palette.blue, palette.red, palette.muted, palette.purple]
    .map((color) =>
      element(
        "marker",
        {
          id: `arrow-${color.slice(1)}`,
          viewBox: "0 0 8 8",
          refX: 7,
          refY: 4,
          markerWidth: 7,
          markerHeight: 7,
          orient: "auto",
        },
        element("path", { d: "M0 0 L8 4 L0 8 z", fill: color }),
      ),
    )
    .join("");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-labelledby="title desc" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif">`,
    `<title id="title">${escapeXml(clean(title))}</title>`,
    `<desc id="desc">${escapeXml(clean(description))}</desc>`,
    `<defs>${markers}</defs>`,
    element("rect", { x: 0, y: 0, width, height, rx: 12, fill: palette.page }),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
