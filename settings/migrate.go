package settings

import "strconv"

// step turns a document of one schema into the next one's, in place. The
// document is what the file holds: tables are map[string]any, arrays of tables
// []any, whole numbers int64. Keys of the wrong type are left alone; they are
// reported afterwards.
type step func(document map[string]any) error

// steps[i] leads from schema i+1 to i+2. Whoever adds one also decides what an
// edit of a file of the older schema writes: edit.go changes the text as it is.
var steps []step

// currentSchema is the schema that this program reads and writes. With the
// first step it becomes 2.
const currentSchema = 1

// migrate brings a document to the schema that the steps lead to. A document
// without the key is of schema 1.
func migrate(document map[string]any, steps []step) *keyError {
	newest := len(steps) + 1
	from := int64(1)
	if value, ok := document["schema"]; ok {
		number, ok := value.(int64)
		if !ok || number < 1 {
			return &keyError{pathOf("schema"), wrong(NotSchema, arg("newest", strconv.Itoa(newest)), shown(value)), nil}
		}
		from = number
	}
	if from > int64(newest) {
		return &keyError{pathOf("schema"), wrong(NewerSchema,
			arg("schema", strconv.FormatInt(from, 10)), arg("newest", strconv.Itoa(newest))), nil}
	}
	for i := int(from); i < newest; i++ {
		if err := steps[i-1](document); err != nil {
			return &keyError{pathOf("schema"), wrong(NotMigratable,
				arg("from", strconv.Itoa(i)), arg("to", strconv.Itoa(i+1)), arg("detail", err.Error())), err}
		}
	}
	document["schema"] = int64(newest)
	return nil
}
