package lang

import (
	"strconv"
	"time"
)

// Minutes is a duration in whole minutes, rounded down: "12 min", "1 h 5 min".
func (p *Printer) Minutes(d time.Duration) string {
	m := int(d / time.Minute)
	switch {
	case m < 60:
		return p.T("duration.minutes", "m", strconv.Itoa(m))
	case m%60 == 0:
		return p.T("duration.hours", "h", strconv.Itoa(m/60))
	}
	return p.T("duration.hours_minutes", "h", strconv.Itoa(m/60), "m", strconv.Itoa(m%60))
}

// Seconds is a duration in whole seconds, rounded: "1 min 5 s"; from an hour on, Minutes.
func (p *Printer) Seconds(d time.Duration) string {
	d = d.Round(time.Second)
	s := int(d / time.Second)
	switch {
	case s < 60:
		return p.T("duration.seconds", "s", strconv.Itoa(s))
	case s >= 3600 || s%60 == 0:
		return p.Minutes(d)
	}
	return p.T("duration.minutes_seconds", "m", strconv.Itoa(s/60), "s", strconv.Itoa(s%60))
}
