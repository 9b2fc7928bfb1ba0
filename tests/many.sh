# shellcheck shell=bash
# many: rules with very many deadlines, for those who source this.

# many_rules FOLDER OFFICES TASKS FIRST DAYS: each of the offices U1, U2 … of the org "o" leads each of the tasks 1, 2 … of the
# plan "p", due on one of so many days of November 2026 from the first on.
many_rules() {
    local i
    mkdir -p "$1"
    {
        echo 'api(1)'
        echo 'org "o" { title = "O", units = {'
        for ((i = 1; i <= $2; i++)); do echo "  U$i = { title = \"Đơn vị $i\" },"; done
        echo '}, groups = { desk = {'
        for ((i = 1; i <= $2; i++)); do echo "  \"U$i\","; done
        echo '} } }'
    } >"$1/o.lua"
    {
        echo 'api(1)'
        echo 'plan "p" { org = "o", title = "P", issued = "2026-01-07", period = "2026" }'
        for ((i = 1; i <= $3; i++)); do
            echo "task \"$i\" { title = \"Việc số $i\", lead = \"@desk\", due = by \"2026-11-$(($4 + i % $5))\" }"
        done
    } >"$1/p.lua"
}
