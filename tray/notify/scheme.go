package notify

// Scheme is how the addresses begin by which Windows calls this program when a
// button is pressed. A code of Codes follows, and nothing else.
const Scheme = "altv-tray:"
