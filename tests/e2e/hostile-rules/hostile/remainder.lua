api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local x, y = 1.7976931348623157e308, 3.0
while true do local r = x % y r = x % y r = x % y r = x % y r = x % y r = x % y r = x % y r = x % y end
