api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

local all = {}
while true do
  pcall(function() for i = 1, 1 << 15 do all[#all + 1] = string.rep("x", (1 << 16) - 10) .. #all end end)
end
