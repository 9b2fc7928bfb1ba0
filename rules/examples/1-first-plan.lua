api(1)

-- Kế hoạch đầu tiên: ba việc, ba kiểu thời hạn, một phép thử.
--
-- Tệp trong thư mục examples không được nạp. Muốn thử: chép tệp này vào một thư mục trống, ví dụ /tmp/thu, rồi
--
--     hanchot check  --rules /tmp/thu        có lỗi gì không
--     hanchot review --rules /tmp/thu tinh-a-2026     đọc soát như một văn bản
--     hanchot test   --rules /tmp/thu        các phép thử ở cuối tệp
--
-- Mọi tệp quy tắc bắt đầu bằng api(1). Từ dấu -- đến hết dòng là lời ghi cho người đọc.

-- Các đơn vị. Mã (PV01) nằm trong địa chỉ lịch mà cán bộ đăng ký, nên đã dùng thì không đổi; đổi tên thì sửa title.
-- Khi nhiều kế hoạch dùng chung một danh sách, đặt khối này vào units/tinh-a.lua và viết: include "units/tinh-a"

org "tinh-a" {
  title = "Công an tỉnh A",
  outside = { BCA = "Bộ Công an" },               -- nơi chỉ nhận hoặc phối hợp, không chủ trì
  units = {
    PV01 = { title = "Phòng Tham mưu" },
    PC06 = { title = "Phòng Cảnh sát quản lý hành chính về trật tự xã hội" },
    PH10 = { title = "Phòng Hậu cần" },
  },
}

-- Kế hoạch: mỗi tệp một kế hoạch, đứng trước các dòng của nó. issued là ngày ban hành, period là thời gian kế hoạch nói đến.

plan "tinh-a-2026" {
  org = "tinh-a", number = "01/KH-CAT-PV01", issued = "05/01/2026", period = "2026",
  title = "Cải cách hành chính năm 2026, Công an tỉnh A",
}

section "1" "Chỉ đạo, điều hành"                  -- đầu mục: chỉ có số và tên

-- "1.1" là số dòng in trong kế hoạch. title là tên việc, viết ngắn; text là lời thời gian, chép đúng như kế hoạch in.
-- "Trước ngày 20/01" là trước hẳn ngày đó: hạn là 19/01.

task "1.1" { title = "Ban hành kế hoạch tuyên truyền cải cách hành chính", text = "Trước ngày 20/01/2026",
  lead = "PV01", with = { "PC06", "PH10" }, due = before "20/01/2026", product = "Kế hoạch tuyên truyền" }

-- "Quý I/2026": đến hết ngày 31/3.

task "1.2" { title = "Bố trí kinh phí cải cách hành chính", text = "Quý I/2026",
  lead = "PH10", with = "PV01", due = quarter "2026-Q1" }

-- Một danh sách chủ trì là mỗi đơn vị một việc riêng, xong riêng. report là việc gửi báo cáo, to là nơi nhận.
-- "Chậm nhất ngày 15/12" là kể cả ngày đó.

report "1.3" { title = "Báo cáo tổng kết năm", text = "Chậm nhất ngày 15/12/2026",
  lead = { "PC06", "PH10" }, to = "PV01", due = by "15/12/2026" }

-- Việc làm suốt năm, không có hạn: vẫn khai báo, để ai cũng thấy.

task "1.4" { title = "Tiếp nhận, xử lý phản ánh, kiến nghị", text = "Thường xuyên", lead = "@all", due = ongoing }

-- Phép thử: vào ngày at, với đơn vị unit, dòng ref phải có hạn, tình trạng như thế này. Hãy tự tính bằng tay rồi mới viết.

test "trước ngày 20/01 là 19/01; quý I là 31/3" { at = "2026-01-12", unit = "tinh-a/PV01",
  expect = {
    { ref = "1.1", due = "2026-01-19", state = "open" },
    { ref = "1.2", unit = "tinh-a/PH10", due = "2026-03-31" } } }

test "báo cáo năm: ngày 15/12 vẫn kịp, ngày 16/12 là quá hạn" { at = "2026-12-16", unit = "tinh-a/PC06",
  given = { finished("1.3", "2026", "2026-12-15") },
  expect = {
    { ref = "1.3", state = "done", late = false },
    { ref = "1.3", unit = "tinh-a/PH10", due = "2026-12-15", state = "overdue" },
    { ref = "1.3", unit = "tinh-a/PV01", absent = true },
    { ref = "1.4", due = false, state = "standing" } } }
