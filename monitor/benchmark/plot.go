package main

import (
	"fmt"
	"slices"
	"strings"
)

// section is the growth's part of the page.
func (g growth) section() string {
	if len(g.day) == 0 {
		return ""
	}
	var b strings.Builder
	first, last := g.day[0], g.day[len(g.day)-1]
	b.WriteString("\n## Growth\n\n![cost of a poll and memory over a simulated day, memory over a growing log](growth.svg)\n\n")
	fmt.Fprintf(&b, "| | at the beginning | at the end |\n| --- | --- | --- |\n")
	fmt.Fprintf(&b, "| a day in virtual time, a restart every 10 minutes, a poll's processor time, simulated client and all | %.0f µs | %.0f µs |\n", first.cost, last.cost)
	fmt.Fprintf(&b, "| … memory (RSS) of that process | %.1f MB | %.1f MB |\n", first.rss/1e6, last.rss/1e6)
	if len(g.log) > 0 {
		begin, end := g.log[0], g.log[len(g.log)-1]
		fmt.Fprintf(&b, "| the program with 100 profiles and 10,000 rows of history, its server.log from 0 to %.0f MB: memory (RSS) | %.1f MB | %.1f MB |\n",
			end.x, begin.rss/1e6, end.rss/1e6)
	}
	return b.String()
}

// plot draws the growth as SVG; empty where nothing was measured.
func (g growth) plot() string {
	if len(g.day) == 0 {
		return ""
	}
	rss := func(p point) float64 { return p.rss / 1e6 }
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 260" font-family="sans-serif" font-size="12">` + "\n")
	b.WriteString(`<rect width="900" height="260" fill="#fff"/>` + "\n")
	curve(&b, 0, "a poll's processor time, µs", "hours", g.day, func(p point) float64 { return p.cost })
	curve(&b, 300, "memory over the day, MB", "hours", g.day, rss)
	curve(&b, 600, "memory over the log, MB", "MB of server.log", g.log, rss)
	b.WriteString("</svg>\n")
	return b.String()
}

// curve draws one diagram, from 0 to a round number above the highest value.
func curve(b *strings.Builder, left float64, title, axis string, points []point, value func(point) float64) {
	const x0, y0, width, height = 40.0, 210.0, 240.0, 160.0
	if len(points) == 0 {
		return
	}
	highest := value(slices.MaxFunc(points, func(a, b point) int { return int(1e3 * (value(a) - value(b))) }))
	top := 10.0
	for top < highest {
		top += 10
	}
	begin, end := points[0].x, points[len(points)-1].x
	fmt.Fprintf(b, `<g transform="translate(%g 0)"><text x="%g" y="30" font-weight="bold">%s</text>`+"\n", left, x0, title)
	fmt.Fprintf(b, `<path d="M%g %gV%gH%g" fill="none" stroke="#888"/>`+"\n", x0, y0-height, y0, x0+width)
	for _, v := range []float64{0, top / 2, top} {
		fmt.Fprintf(b, `<text x="%g" y="%g" text-anchor="end" fill="#444">%g</text>`+"\n", x0-5, y0-height*v/top+4, v)
	}
	fmt.Fprintf(b, `<text x="%g" y="%g" fill="#444">%g</text><text x="%g" y="%g" text-anchor="end" fill="#444">%g %s</text>`+"\n",
		x0, y0+18, begin, x0+width, y0+18, end, axis)
	b.WriteString(`<polyline fill="none" stroke="#2563eb" stroke-width="2" points="`)
	for _, p := range points {
		fmt.Fprintf(b, "%.1f,%.1f ", x0+width*(p.x-begin)/max(1, end-begin), y0-height*value(p)/top)
	}
	b.WriteString("\"/></g>\n")
}
