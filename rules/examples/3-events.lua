api(1)

-- Thời hạn tính từ một sự kiện: "trong 10 ngày kể từ ngày nhận được kế hoạch". Chưa có sự kiện thì chưa có ngày; việc vẫn
-- hiện là "chờ sự kiện". Khi sự kiện xảy ra, ghi một lần là mọi lịch có ngày:
--
--     hanchot record plan-received --plan tinh-c-2026 --unit tinh-c/PC06 --on 2026-01-09
--
-- Cách chạy thử: xem đầu tệp 1-first-plan.lua.

org "tinh-c" {
  title = "Công an tỉnh C",
  units = {
    PV01 = { title = "Phòng Tham mưu" },
    PC06 = { title = "Phòng Cảnh sát quản lý hành chính về trật tự xã hội" },
    X001 = { title = "Công an xã Một" },
  },
}

plan "tinh-c-2026" {
  org = "tinh-c", number = "03/KH-CAT-PV01", issued = "05/01/2026", period = "2026",
  title = "Kiểm soát thủ tục hành chính năm 2026, Công an tỉnh C",
}

-- by_unit: mỗi đơn vị có ngày riêng. repeats: mỗi lần xảy ra là một việc mới.

event "plan-received" { title = "Nhận được kế hoạch", by_unit = true }
event "decision" { title = "Giám đốc ban hành quyết định công bố thủ tục", repeats = true }
event "bca-plan" { title = "Kế hoạch của Bộ về kiểm tra, ấn định ngày báo cáo" }
event "guidance" { title = "Có hướng dẫn của Bộ" }
event "request" { title = "Cấp trên yêu cầu báo cáo đột xuất", repeats = true }

-- Ngày của sự kiện không tính. Đếm cả ngày nghỉ, nhưng ngày cuối rơi vào ngày nghỉ thì chuyển sang ngày làm việc kế tiếp.

task "1" { title = "Xây dựng kế hoạch của đơn vị", text = "trong thời hạn 10 ngày, kể từ ngày nhận được Kế hoạch",
  lead = "@all", due = within(10, "days", "plan-received") }

-- Ngày làm việc: bỏ thứ Bảy, Chủ nhật và ngày nghỉ. done_of "1": kể từ ngày chính đơn vị đó làm xong dòng 1.

report "2" { title = "Gửi kế hoạch về Phòng Tham mưu", text = "trong thời hạn 3 ngày làm việc, kể từ ngày ban hành",
  lead = "@all", to = "PV01", due = within(3, "workdays", done_of "1") }

task "3" { title = "Công khai thủ tục trên Cổng dịch vụ công", text = "ngay sau khi có quyết định công bố",
  lead = "PC06", due = at_once "decision" }                   -- ngày làm việc đầu tiên sau đó

task "4" { title = "Rà soát thủ tục của đơn vị", text = "sau khi có hướng dẫn của Bộ",
  lead = "@all", due = after "guidance" }                     -- mở việc, không có hạn

report "5" { title = "Báo cáo kết quả kiểm tra", text = "Theo kế hoạch của Bộ",
  lead = "PV01", due = schedule "bca-plan" }                  -- ngày do người ghi sự kiện cho biết: --due

report "6" { title = "Báo cáo đột xuất", text = "Theo yêu cầu của cấp trên",
  lead = "@all", except = "PV01", to = "PV01", due = request "request" }

-- Hai sự kiện: all_of đợi cả hai (tính từ ngày sau), any_of lấy cái đến trước.

task "7" { title = "Tập huấn cho cán bộ Một cửa", lead = "PC06",
  due = within(15, "days", all_of("guidance", done_of "4")) }

test "chưa nhận được kế hoạch thì chờ" { at = "2026-01-12", unit = "tinh-c/PC06",
  expect = { { ref = "1", due = false, state = "waiting" }, { ref = "2", due = false, state = "waiting" } } }

test "nhận ngày 09/01: hạn 19/01; xong ngày 16/01 thì gửi trước hết 21/01" { at = "2026-01-19", unit = "tinh-c/PC06",
  given = { occurred("plan-received", "2026-01-09"), finished("1", "2026", "2026-01-16") },
  expect = {
    { ref = "1", due = "2026-01-19", state = "done", late = false },
    { ref = "2", due = "2026-01-21", state = "open" } } }

test "hạn rơi vào Tết thì chuyển sang ngày làm việc kế tiếp" { at = "2026-02-09", unit = "tinh-c/X001",
  given = { occurred("plan-received", "2026-02-06") },
  expect = { { ref = "1", due = "2026-02-23", act_by = "2026-02-23" } } }

test "hai quyết định là hai việc, tên kỳ là ngày của sự kiện" { at = "2026-03-10", unit = "tinh-c/PC06",
  given = { occurred("decision", "2026-03-05"), occurred("decision", "2026-03-09") },
  expect = {
    { ref = "3", period = "2026-03-05", due = "2026-03-06", state = "overdue" },
    { ref = "3", period = "2026-03-09", due = "2026-03-10", state = "open" } } }

test "mở việc không hạn; ngày do kế hoạch khác, do yêu cầu đặt" { at = "2026-04-02", unit = "tinh-c/PC06",
  given = {
    occurred("guidance", "2026-04-01"),
    occurred("request", "2026-04-01", { due = "2026-04-10" }) },
  expect = {
    { ref = "4", due = false, state = "open" },
    { ref = "6", period = "2026-04-01", due = "2026-04-10", state = "open" },
    { ref = "7", due = false, state = "waiting" } } }

test "kế hoạch của Bộ cho ngày 30/9" { at = "2026-04-02", unit = "tinh-c/PV01",
  given = { occurred("bca-plan", "2026-03-30", { due = "2026-09-30" }) },
  expect = { { ref = "5", due = "2026-09-30", state = "open" } } }

test "tập huấn: rà soát xong mới tính 15 ngày; 30/4, 01/5 nghỉ" { at = "2026-04-20", unit = "tinh-c/PC06",
  given = { occurred("guidance", "2026-04-01"), finished("4", "2026", "2026-04-15") },
  expect = { { ref = "7", due = "2026-05-04", state = "open" } } }
