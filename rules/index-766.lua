api(1)
include "units/provinces"

-- Bộ chỉ số chỉ đạo, điều hành và đánh giá chất lượng phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg ngày 23/6/2022):
-- sáu nhóm, 100 điểm, công bố theo tuần trên Cổng Dịch vụ công quốc gia.
--
-- Nguồn của mức tối đa 18, 20, 12, 10, 18, 22: bài đăng hằng tuần của tỉnh Bắc Ninh (mùa thu 2025). Quyết định chia năm nhóm,
-- trang công bố tách thanh toán trực tuyến thành nhóm riêng nên có sáu.
--
-- Chưa chắc:
--  - Mức tối đa của từng chỉ số thành phần bên trong các nhóm (1.1, 1.2, … 5.4) chưa tìm được, nên điểm nhóm lấy theo số đã
--    công bố chứ không tính lại từ hồ sơ. Khi biết mức tối đa thì viết thêm phần có measure = ratio(…), full_at = ….
--    Công thức đã biết (mô tả công thức tính chỉ số 766, chưa rõ có phải văn bản chính thức): tỷ lệ = tử số / mẫu số; đủ điểm
--    từ 80 % ở 3.1 (dịch vụ công trực tuyến), 3.5 (tích hợp thanh toán), 4.2 (số hóa hồ sơ), 4.3 (dùng lại dữ liệu), từ 50 % ở
--    3.3 (nộp trực tuyến), từ 90 % ở 5.4 (hài lòng); các chỉ số khác không thấy nói mức.
--  - Mức xếp loại (90, 80, 70, 50) theo hiểu biết chung, khớp với vài bài đã công bố (61,5 "trung bình", 43 "yếu", 83,8
--    "tốt"). Có tỉnh xếp khác: Bắc Ninh chia trên 94, 90-94, dưới 90.
--  - Số thứ tự tuần trên báo ("tuần 8", "tuần 13" của một đợt) không phải số tuần của năm: người nhập ghi tuần của năm theo
--    ngày công bố, ví dụ 2025-W41.
--
-- Mỗi nhóm nhập một trong hai: điểm đã công bố (….points), hoặc tỷ lệ phần trăm của mức tối đa (….percent) khi trang chỉ ghi
-- tỷ lệ (87,9 % của 18 là 15,82). Có cả hai thì điểm được dùng và tỷ lệ để đối chiếu (19,45/20 in là 97,2 %).
-- Tỷ lệ ghi số, không ghi dấu %:
--   unit;metric;period;value
--   tinh/BACNINH;index766.publicity.percent;2025-W41;87,9
--   tinh/BACNINH;index766.progress.points;2025-W41;19,20
--   tinh/BACNINH;index766.total;2025-W41;92,28

metric "index766.publicity.points" { title = "Chỉ số 766: Công khai, minh bạch, điểm công bố", counted_in = "điểm", over_time = "last", decimals = 2 }
metric "index766.publicity.percent" { title = "Chỉ số 766: Công khai, minh bạch, tỷ lệ công bố", counted_in = "%", over_time = "last", decimals = 2 }
metric "index766.progress.points" { title = "Chỉ số 766: Tiến độ giải quyết, điểm công bố", counted_in = "điểm", over_time = "last", decimals = 2 }
metric "index766.progress.percent" { title = "Chỉ số 766: Tiến độ giải quyết, tỷ lệ công bố", counted_in = "%", over_time = "last", decimals = 2 }
metric "index766.online.points" { title = "Chỉ số 766: Dịch vụ công trực tuyến, điểm công bố", counted_in = "điểm", over_time = "last", decimals = 2 }
metric "index766.online.percent" { title = "Chỉ số 766: Dịch vụ công trực tuyến, tỷ lệ công bố", counted_in = "%", over_time = "last", decimals = 2 }
metric "index766.payment.points" { title = "Chỉ số 766: Thanh toán trực tuyến, điểm công bố", counted_in = "điểm", over_time = "last", decimals = 2 }
metric "index766.payment.percent" { title = "Chỉ số 766: Thanh toán trực tuyến, tỷ lệ công bố", counted_in = "%", over_time = "last", decimals = 2 }
metric "index766.satisfaction.points" { title = "Chỉ số 766: Mức độ hài lòng, điểm công bố", counted_in = "điểm", over_time = "last", decimals = 2 }
metric "index766.satisfaction.percent" { title = "Chỉ số 766: Mức độ hài lòng, tỷ lệ công bố", counted_in = "%", over_time = "last", decimals = 2 }
metric "index766.digitized.points" { title = "Chỉ số 766: Số hóa hồ sơ, điểm công bố", counted_in = "điểm", over_time = "last", decimals = 2 }
metric "index766.digitized.percent" { title = "Chỉ số 766: Số hóa hồ sơ, tỷ lệ công bố", counted_in = "%", over_time = "last", decimals = 2 }

metric "index766.total" { title = "Chỉ số 766: tổng điểm công bố", counted_in = "điểm", over_time = "last", decimals = 2 }

scorecard "index-766" {
  title = "Bộ chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766)",
  org = "tinh", each = "week", most = 100,
  parts = {
    publicity = { title = "Công khai, minh bạch", most = 18, points = "index766.publicity.points", percent = "index766.publicity.percent" },
    progress = { title = "Tiến độ giải quyết", most = 20, points = "index766.progress.points", percent = "index766.progress.percent" },
    online = { title = "Dịch vụ công trực tuyến", most = 12, points = "index766.online.points", percent = "index766.online.percent" },
    payment = { title = "Thanh toán trực tuyến", most = 10, points = "index766.payment.points", percent = "index766.payment.percent" },
    satisfaction = { title = "Mức độ hài lòng", most = 18, points = "index766.satisfaction.points", percent = "index766.satisfaction.percent" },
    digitized = { title = "Số hóa hồ sơ", most = 22, points = "index766.digitized.points", percent = "index766.digitized.percent" },
  },
  total = "index766.total",
  grades = { { 90, "Xuất sắc" }, { 80, "Tốt" }, { 70, "Khá" }, { 50, "Trung bình" }, { 0, "Yếu" } },
  note = "Mức xếp loại chưa kiểm được ở văn bản gốc; mức tối đa của sáu nhóm theo bài đăng của Bắc Ninh.",
}
