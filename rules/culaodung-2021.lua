api(1)
include "units/culaodung"

-- Kế hoạch 104/KH-CAH ngày 05/8/2021 của Công an huyện Cù Lao Dung: đổi mới cơ chế một cửa, một cửa liên thông đến năm 2025.
--
-- Phụ lục: 37 dòng việc: I (năm 2021) 21: TT 1-20, trong đó TT 13 chỉ là đầu mục của hai dòng a, b; II (2022) 7; III (2023-2025) 9.
-- Phần lời: 22 việc có đơn vị làm: III.1.2 3, III.4 2, IV 1, V.1 7, V.2 1, V.3 1, V.4 7. Không mất dòng nào.
-- Mục II.2: 11 chỉ tiêu toàn huyện, mỗi chỉ tiêu một lộ trình, đặt ở mục nêu nó lần đầu. Phụ lục: 20 chỉ tiêu ở dòng của nó.
-- Hai lớp không chấm trùng: dòng phụ lục chấm từng đơn vị, mục II.2 cộng chung cả huyện; chỗ nào vẫn trùng thì có `note`.
--
-- Các mục I, II.1, II.3, III.1.1, III.1.3, III.2, III.3, III.4.2, III.4.4, III.5 nêu chủ trương, không giao đơn vị; việc cụ thể
-- nằm ở dòng phụ lục có `see` tới mục đó. III.2.1 (một tài khoản thống nhất) không có dòng, không có chủ. Phần III không có mục 4.3.
--
-- Chỗ ngờ của bản gốc:
-- * PL/I.1, PL/I.2 hạn tháng 7/2021, trước ngày ban hành 05/8/2021: giữ nguyên ngày, có cảnh báo.
-- * "Các đội nghiệp vụ có liên quan": không nói đội nào, lời in giữ ở lead_text, with_text. Dòng về hồ sơ, kết quả thủ tục hành
--   chính đọc theo V.1 là @desk (không có Đội An ninh); dòng chung (PL/I.2, PL/I.3) và cột phối hợp đọc rộng là @related.
-- * Cấp xã 15 % rồi mỗi năm thêm 20 % đến 2025 mới 95 %, trong khi cùng kế hoạch đòi 100 %.
-- * "20%", "30%" tăng thêm được đọc là điểm phần trăm.
-- * PL/III.3 và II.2.3 trừ các xã vùng sâu, vùng xa… khác chữ nhau; không có danh sách xã.
-- * PL/II.4, PL/II.6, PL/III.2, PL/III.5: chữ lặp, lệch cột hoặc cụt ở bản quét.

local RELATED = "Các đội nghiệp vụ có liên quan và Công an xã, thị trấn"
local SPECIALIST = "Các bộ phận có chức năng tham mưu, hướng dẫn nghiệp vụ trên các lĩnh vực quản lý nhà nước về ANTT"
local BY_V1 = "“Có liên quan” đọc theo V.1: ba đội có thủ tục hành chính và các xã, không có Đội An ninh."

plan "culaodung-2021" {
  org = "culaodung",
  number = "104/KH-CAH",
  issued = "2021-08-05",
  period = "2021-2025",
  title = "Đổi mới cơ chế một cửa, một cửa liên thông đến 2025, Công an huyện Cù Lao Dung",
  note = "Triển khai Kế hoạch 205/KH-CAT ngày 27/7/2021 của Công an tỉnh và Quyết định 468/QĐ-TTg ngày 27/3/2021",
}

-- Sự kiện ----------------------------------------------------------------------------------------------------------------

event "catalogue-guidance" { title = "Công an tỉnh hướng dẫn chuẩn hóa danh mục tài liệu, hồ sơ thủ tục hành chính" }
event "coding-guidance" { title = "Có hướng dẫn đánh mã giấy tờ số hóa" }
event "redesign-guidance" { title = "Công an tỉnh hướng dẫn tái cấu trúc quy trình, điện tử hóa biểu mẫu" }
event "decree-61-amended" { title = "Chính phủ sửa đổi Nghị định 61/2018/NĐ-CP" }
event "circular-01-amended" { title = "Văn phòng Chính phủ sửa đổi Thông tư 01/2018/TT-VPCP" }
event "training-guidance" { title = "Công an tỉnh có hướng dẫn tập huấn cho cán bộ Một cửa", repeats = true,
  note = "mỗi đợt tập huấn ghi một lần" }
event "brand-guidance" { title = "Công an tỉnh hướng dẫn nhận diện thương hiệu Bộ phận Một cửa" }
event "unit-plan" { title = "Mốc trong kế hoạch riêng của bộ phận, đơn vị", by_unit = true, repeats = true,
  note = "mỗi mốc ghi một lần, mốc sau không đè mốc trước" }
event "committee-progress" { title = "Mốc theo tiến độ của Văn phòng UBND huyện về giải pháp bảo mật", repeats = true,
  note = "mỗi mốc ghi một lần, mốc sau không đè mốc trước" }
event "difficulty" { title = "Phát sinh khó khăn, vướng mắc khi thực hiện kế hoạch", by_unit = true, repeats = true }

-- Số liệu riêng của kế hoạch này -----------------------------------------------------------------------------------------

metric "applicants.total" { title = "Lượt người dân, doanh nghiệp thực hiện thủ tục hành chính", counted_in = "lượt" }
metric "applicants.no_resubmit" { title = "Lượt không phải nộp lại giấy tờ đã được chấp nhận trước đó", counted_in = "lượt",
  never_above = "applicants.total" }
metric "archive.reusable" { title = "Hồ sơ giải quyết thành công được số hóa, lưu trữ, dùng lại được", counted_in = "hồ sơ",
  never_above = "dossiers.successful" }
metric "intake.longest_minutes" { title = "Thời gian tiếp nhận lâu nhất của một hồ sơ trong kỳ", counted_in = "phút",
  over_time = "last", note = "lấy số lớn nhất, không cộng dồn" }

-- II. Mục tiêu (chỉ tiêu cộng chung toàn huyện) --------------------------------------------------------------------------

section "II.2.1" "Mục tiêu năm 2021"

kpi "II.2.1#digitized-district" {
  title = "Kết quả còn hiệu lực cấp huyện đã số hóa (toàn huyện)",
  across = "@desk_team", each = "year",
  measure = ratio("results.digitized", "results.valid"), target = at_least(path("2021", { 20, 40, 60, 80, 100 }), "%"),
  note = "Gộp II.2.1 (20 % năm 2021), II.2.2 (+20 năm 2022), II.2.3 (+20 mỗi năm đến 100 %). " ..
    "Từng đơn vị chấm ở PL/I.7, PL/II.2, PL/III.2.",
}

kpi "II.2.1#digitized-commune" {
  title = "Kết quả còn hiệu lực cấp xã đã số hóa (toàn huyện)",
  across = "@commune", each = "year",
  measure = ratio("results.digitized", "results.valid"), target = at_least(path("2021", { 15, 35, 55, 75, 95 }), "%"),
  note = "15 % năm 2021 rồi +20 mỗi năm: năm 2025 mới 95 %, không tới mức 100 % mà chính II.2.3 và PL/III.2 đòi. " ..
    "Từng xã chấm ở PL/I.7, PL/II.2, PL/III.2.",
}

section "II.2.2" "Mục tiêu năm 2022"

kpi "II.2.2#rollout-district" {
  title = "Bộ phận Một cửa cấp huyện đã triển khai quy trình số hóa",
  across = "@desk_team", each = "year", over = "2022-2025",
  measure = ratio("desks.digitizing", "desks.total"), target = at_least(path("2022", { 50, 80, 100, 100 }), "%"),
  note = "Gộp II.2.2 (50 %) và II.2.3 (+30 mỗi năm đến 100 %). PL/II.1 đòi 50 % sớm hơn, ngay Quý I/2022; " ..
    "2023-2025 trùng PL/III.3.",
}

kpi "II.2.2#rollout-commune" {
  title = "Bộ phận Một cửa cấp xã đã triển khai quy trình số hóa",
  across = "@commune", each = "year", over = "2022-2025",
  measure = ratio("desks.digitizing", "desks.total"), target = at_least(path("2022", { 30, 60, 90, 100 }), "%"),
  note = "Gộp II.2.2 (30 %) và II.2.3 (+30 mỗi năm đến 100 %, trừ xã vùng sâu, vùng xa, vùng đồng bào Khmer: chưa có danh sách " ..
    "nên chưa trừ xã nào). PL/II.1 đòi 30 % sớm hơn, ngay Quý I/2022; 2023-2025 trùng PL/III.3.",
}

kpi "II.2.2#no-resubmit" {
  title = "Người dân, doanh nghiệp không phải nộp lại giấy tờ (toàn huyện)",
  across = "@desk", each = "year", over = "2022-2025",
  measure = ratio("applicants.no_resubmit", "applicants.total"), target = at_least(steps { ["2022"] = 30, ["2023"] = 80 }, "%"),
  note = "Gộp II.2.2 (30 % năm 2022) và II.2.3 (80 %, đọc là ngay từ 2023). Từng đơn vị chấm ở PL/II.5, PL/III.4.",
}

kpi "II.2.2#waiting" {
  title = "Thời gian chờ trung bình một lượt giao dịch (toàn huyện)",
  across = "@desk", each = "year", over = "2022-2025",
  measure = average("visits.wait_minutes", "visits.count"), target = at_most(steps { ["2022"] = 30, ["2023"] = 15 }, "phút"),
  note = "Gộp II.2.2 (30 phút năm 2022) và II.2.3 (15 phút, đọc là ngay từ 2023). Từng đơn vị chấm ở PL/II.6, PL/III.7.",
}

section "II.2.3" "Mục tiêu năm 2023-2025"

-- Phần 2023-2025 của số hóa kết quả, triển khai quy trình, không nộp lại giấy tờ, thời gian chờ: xem lộ trình ở II.2.1, II.2.2.

kpi "II.2.3#online" {
  title = "Hồ sơ thực hiện trực tuyến trên tổng số tiếp nhận (toàn huyện)",
  across = "@desk", each = "year", over = "2023-2025",
  measure = ratio("dossiers.online", "dossiers.received"), target = at_least(50, "%"),
  note = "Chấm từng năm từ 2023. Từng đơn vị chấm ở PL/III.5.",
}

kpi "II.2.3#e-transfer" {
  title = "Hồ sơ luân chuyển nội bộ bằng phương thức điện tử (toàn huyện)",
  across = "@desk", each = "year", over = "2023-2025",
  measure = ratio("dossiers.e_transferred", "dossiers.transferred"), target = at_least(80, "%"),
  note = "Chấm từng năm từ 2023. Từng đơn vị chấm ở PL/III.5.",
}

kpi "II.2.3#archived" {
  title = "Hồ sơ giải quyết thành công được số hóa, lưu trữ, dùng lại được (toàn huyện)",
  across = "@desk", each = "year", over = "2023-2025",
  measure = ratio("archive.reusable", "dossiers.successful"), target = at_least(100, "%"),
  note = "Chấm từng năm từ 2023. Từng đơn vị chấm ở PL/III.5.",
}

kpi "II.2.3#intake" {
  title = "Thời gian tiếp nhận một hồ sơ, hồ sơ lâu nhất (toàn huyện)", text = "vào năm 2025",
  across = "@desk", over = "2025", due = year "2025",
  measure = largest("intake.longest_minutes"), target = at_most(30, "phút"),
  note = "“Tối đa 30 phút/01 hồ sơ” đọc là mọi hồ sơ. Mục này nói năm 2025; PL/III.7 nói 2023-2025 và tính cả xử lý.",
}

kpi "II.2.3#satisfied" {
  title = "Mức độ hài lòng của tổ chức, cá nhân (toàn huyện)", text = "vào năm 2025",
  across = "@desk", over = "2025", due = year "2025",
  measure = ratio("ratings.satisfied", "ratings.total"), target = at_least(95, "%"),
  note = "Từng đơn vị chấm ở PL/III.9.",
}

-- III. Nội dung đổi mới --------------------------------------------------------------------------------------------------

section "III.1.2" "Quy trình số hóa trong tiếp nhận, giải quyết hồ sơ"

task "III.1.2/tiep-nhan" {
  title = "Kiểm tra danh tính số, dữ liệu đã có và số hóa giấy tờ khi tiếp nhận hồ sơ",
  text = "trong quá trình thực hiện tiếp nhận, giải quyết TTHC",
  lead = "@desk", lead_text = "CBCS Công an huyện, xã",
  due = ongoing,
  see = { "Nghị định 61/2018/NĐ-CP", "Nghị định 45/2020/NĐ-CP, Điều 25", "V.1/so-hoa" },
}

task "III.1.2/chuyen-ho-so" {
  title = "Chuyển hồ sơ đã số hóa bằng điện tử có ký số; chỉ chuyển giấy phần chưa số hóa",
  text = "trong quá trình thực hiện tiếp nhận, giải quyết TTHC",
  lead = "@desk", lead_text = "Bộ phận Một cửa Công an các cấp",
  due = ongoing,
}

task "III.1.2/giai-quyet" {
  title = "Số hóa, ký số giấy tờ, kết quả xác minh và kết quả giải quyết vào hệ thống",
  text = "trong quá trình thực hiện tiếp nhận, giải quyết TTHC",
  lead = "@desk", lead_text = "CBCS Công an huyện, xã",
  due = ongoing,
  see = "Nghị định 45/2020/NĐ-CP",
}

section "III.4" "Nâng cao tính chủ động, hiệu quả của Bộ phận Một cửa"

task "III.4.1/bo-tri-can-bo" {
  title = "Bố trí cán bộ đã được đào tạo bài bản ở Bộ phận Một cửa, hạn chế luân chuyển",
  lead = "@desk", lead_text = "Thủ trưởng đơn vị",
  due = undated "III.4.1 không nêu thời hạn",
  note = "“Thủ trưởng đơn vị” đọc là thủ trưởng các đơn vị có Bộ phận Một cửa.",
}

task "III.4.5/nhan-dien" {
  title = "Triển khai nhận diện thống nhất của Bộ phận Một cửa từ huyện đến xã",
  text = "Sau khi có hướng dẫn của Công an tỉnh",
  lead = "D-TONGHOP", lead_text = "Công an huyện", with = "@related",
  due = after "brand-guidance", also = "PL/II.7",
  note = "Cùng việc với PL/II.7, dòng đó có hạn cứng Quý IV/2022: theo hạn đó dù chưa có hướng dẫn. Đội chủ trì lấy theo PL/II.7.",
}

-- IV. Kinh phí -----------------------------------------------------------------------------------------------------------

section "IV" "Kinh phí thực hiện"

report "IV/du-toan" {
  title = "Lập dự toán kinh phí thực hiện kế hoạch, trình lãnh đạo Công an huyện",
  text = "Hàng năm",
  lead = "@all", lead_text = "các bộ phận, đơn vị", to = "LANHDAO",
  due = every("year", { day = "unstated" }), product = "Dự toán kinh phí", also = "V.4/du-toan",
  note = "Không nêu ngày trong năm; dự toán năm sau thường phải xong sớm hơn ngày cuối năm.",
}

-- V. Tổ chức thực hiện ---------------------------------------------------------------------------------------------------

section "V.1" "Các bộ phận giải quyết thủ tục hành chính và Công an các xã, thị trấn"

task "V.1/ke-hoach" {
  title = "Xây dựng kế hoạch triển khai nhiệm vụ được phân công của đơn vị",
  lead = "@desk", due = undated "V.1 không nêu thời hạn", product = "Kế hoạch", also = "PL/I.2",
  note = "Cùng việc với PL/I.2, dòng đó ghi tháng 7/2021.",
}

task "V.1/phan-cong" {
  title = "Phân công lãnh đạo, cán bộ chịu trách nhiệm chính về kế hoạch",
  lead = "@desk", due = undated "V.1 không nêu thời hạn",
  note = "Kết quả thực hiện là một căn cứ đánh giá cán bộ hằng năm.",
}

report "V.1/ha-tang" {
  title = "Rà soát, báo cáo cấp tỉnh nâng cấp hạ tầng kỹ thuật phục vụ số hóa, kết nối",
  text = "Thường xuyên",
  lead = "@desk", to = "CAT", due = ongoing,
}

task "V.1/tranh-thu" {
  title = "Tranh thủ sự giúp đỡ của cấp ủy, chính quyền, ban ngành để thực hiện Đề án",
  lead = "@desk", due = undated "V.1 không nêu thời hạn",
}

task "V.1/so-hoa" {
  title = "Số hóa hồ sơ, giấy tờ, kết quả theo nhiệm vụ được giao; đánh mã giấy tờ thống nhất",
  lead = "@desk", due = undated "V.1 không nêu thời hạn", also = { "PL/I.7", "PL/I.10" },
  note = "Phần số hóa có hạn ở PL/I.7, PL/II.2, PL/III.2; phần đánh mã theo hướng dẫn của Công an tỉnh (PL/I.10).",
}

task "V.1/tuyen-truyen" {
  title = "Phổ biến, quán triệt Quyết định 468/QĐ-TTg và kế hoạch này tới cán bộ, chiến sĩ",
  lead = "@desk", due = undated "V.1 không nêu thời hạn", see = "Quyết định 468/QĐ-TTg ngày 27/3/2021",
}

report "V.1/bao-cao" {
  title = "Báo cáo kết quả thực hiện kế hoạch, lồng trong báo cáo kiểm soát thủ tục hành chính",
  text = "Định kỳ hàng quý, năm",
  lead = "@desk", to = "D-TONGHOP", via = "Tổ CCHC/Đội Tổng hợp", product = "Báo cáo",
  note = "Không nêu ngày: lấy ngày cuối kỳ. Quý IV và năm là hai báo cáo. Nơi nhận in là Công an huyện.",

  part "quarter" {
    title = "Báo cáo quý về kết quả thực hiện kế hoạch",
    due = every("quarter", { day = "unstated" }),
  },

  part "year" {
    title = "Báo cáo năm về kết quả thực hiện kế hoạch",
    due = every("year", { day = "unstated" }),
  },
}

section "V.2" "Đội CSQLHC về TTXH"

task "V.2/ket-noi-dan-cu" {
  title = "Tham mưu kết nối dữ liệu dân cư với Cổng Dịch vụ công quốc gia và một cửa điện tử",
  lead = "D-QLHC", with = { "VP-UBND", "BANNGANH" }, due = undated "V.2 không nêu thời hạn",
}

section "V.3" "Đội An ninh"

task "V.3/an-ninh-mang" {
  title = "Thẩm định, kiểm tra, giám sát an ninh mạng hệ thống giải quyết thủ tục hành chính",
  lead = "D-ANNINH", with = { "D-TONGHOP", "CAT" }, due = undated "V.3 không nêu thời hạn",
  note = "Phối hợp với đơn vị nghiệp vụ của Công an tỉnh, không nêu tên phòng.",
}

section "V.4" "Đội Tổng hợp"

report "V.4/du-toan" {
  title = "Cùng các đơn vị xây dựng dự toán, báo cáo Công an tỉnh duyệt, cấp kinh phí",
  lead = "D-TONGHOP", with = "@related", with_text = "các bộ phận, đơn vị liên quan",
  to = "CAT", due = undated "V.4 không nêu thời hạn", product = "Dự toán kinh phí",
  note = "Dự toán lập hằng năm: kỳ hạn ở IV/du-toan.",
}

task "V.4/tuyen-truyen" {
  title = "Thông tin, tuyên truyền việc thực hiện Đề án tới tổ chức, cá nhân",
  lead = "D-TONGHOP", due = undated "V.4 không nêu thời hạn",
}

task "V.4/he-thong" {
  title = "Đề xuất xây dựng, nâng cấp hệ thống một cửa theo hướng dẫn của Công an tỉnh",
  lead = "D-TONGHOP", with = "@related", with_text = "các đơn vị liên quan", due = undated "V.4 không nêu thời hạn",
}

task "V.4/bao-mat" {
  title = "Tham mưu giải pháp an ninh, bảo mật kho dữ liệu điện tử và hệ thống huyện, xã",
  lead = "D-TONGHOP", with = { "D-ANNINH", "VP-UBND", "BANNGANH" }, due = undated "V.4 không nêu thời hạn", also = "PL/I.20",
  note = "PL/I.20 đặt việc này theo tiến độ của Văn phòng UBND.",
}

task "V.4/trang-bi" {
  title = "Hướng dẫn, tiếp nhận điều kiện trang bị, nâng cấp hạ tầng kỹ thuật",
  lead = "D-TONGHOP", due = undated "V.4 không nêu thời hạn",
}

task "V.4/don-doc" {
  title = "Chủ trì triển khai, đôn đốc, kiểm tra, đánh giá kết quả của các bộ phận, đơn vị",
  lead = "D-TONGHOP", with = "@related", with_text = "các đơn vị liên quan", due = undated "V.4 không nêu thời hạn",
}

report "V.4/vuong-mac" {
  title = "Báo cáo khó khăn, vướng mắc phát sinh để được hướng dẫn thống nhất",
  text = "nếu có khó khăn, vướng mắc phát sinh … kịp thời",
  lead = "@all", lead_text = "các bộ phận, đơn vị", to = "LANHDAO", via = "Tổ CCHC/Đội Tổng hợp",
  due = at_once "difficulty",
  note = "“Kịp thời” không có số ngày: lấy cách sớm nhất, ngày làm việc đầu tiên sau khi phát sinh.",
}

-- Phụ lục I. Năm 2021 ----------------------------------------------------------------------------------------------------

section "PL/I" "Năm 2021"

task "PL/I.1" {
  title = "Kế hoạch của Công an huyện triển khai Kế hoạch 205/KH-CAT",
  text = "Tháng 7/2021",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED, due = month "2021-07", product = "Kế hoạch",
  note = "Hạn 31/7/2021 đã qua khi kế hoạch này ban hành (05/8/2021): giữ ngày in; bản kế hoạch này chính là sản phẩm.",
}

task "PL/I.2" {
  title = "Kế hoạch triển khai của từng bộ phận, đơn vị",
  text = "Tháng 7/2021",
  lead = "@related", lead_text = RELATED, due = month "2021-07", product = "Kế hoạch", also = "V.1/ke-hoach",
  note = "Hạn 31/7/2021 trước cả ngày ban hành (05/8/2021): giữ ngày in. “Có liên quan” đọc rộng là mọi đội nghiệp vụ.",
}

task "PL/I.3" {
  title = "Rà soát, nâng cấp, hoàn thiện hạ tầng công nghệ thông tin",
  text = "Quý III/2021",
  lead = "@related", lead_text = RELATED, due = quarter "2021-Q3", see = "V.1/ha-tang",
  note = "“Có liên quan” đọc rộng là mọi đội nghiệp vụ.",
}

task "PL/I.4" {
  title = "Tạo lập hệ thống thông tin giải quyết thủ tục thống nhất, liên thông các cấp (2021)",
  text = "Quý IV/2021",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED, due = quarter "2021-Q4", also = "PL/II.3", see = "III.2.2",
  note = "PL/II.3 đặt cùng việc này vào Quý I/2022, II.2.2 vào năm 2022: giữ cả hai hạn, hạn này là hạn sớm.",
}

task "PL/I.5" {
  title = "Tiếp nhận, vận hành kết nối dữ liệu dân cư, chuyên ngành với các cổng dịch vụ công",
  text = "Quý III/2021",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED, due = quarter "2021-Q3", see = { "II.2.1", "III.2.3" },
  product = "Các hệ thống được kết nối, chia sẻ dữ liệu",
  note = "II.2.1 nói cả năm 2021; theo hạn sớm hơn của phụ lục.",
}

task "PL/I.6" {
  title = "Tham mưu ban hành kế hoạch số hóa hồ sơ, giấy tờ, kết quả",
  text = "Tháng 8/2021",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = month "2021-08", product = "Kế hoạch, tài liệu hướng dẫn triển khai",
  note = "Nội dung nói “khi có văn bản chỉ đạo của Công an tỉnh”, cột thời gian in tháng 8/2021: theo ngày in.",
}

task "PL/I.7" {
  title = "Số hóa kết quả còn hiệu lực: cấp huyện 20 %, cấp xã 15 %",
  text = "Cả năm 2021",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = year "2021", also = "V.1/so-hoa",
  product = "Hồ sơ, giấy tờ, kết quả được số hóa",
  note = BY_V1,

  kpi "digitized-district" {
    title = "Kết quả còn hiệu lực cấp huyện đã số hóa, năm 2021",
    lead = "@desk_team", over = "2021", due = year "2021",
    measure = ratio("results.digitized", "results.valid"), target = at_least(20, "%"),
    note = "II.2.1 nêu cùng mức cho cả huyện.",
  },

  kpi "digitized-commune" {
    title = "Kết quả còn hiệu lực cấp xã đã số hóa, năm 2021",
    lead = "@commune", over = "2021", due = year "2021",
    measure = ratio("results.digitized", "results.valid"), target = at_least(15, "%"),
    note = "II.2.1 nêu cùng mức cho cả huyện.",
  },
}

task "PL/I.8" {
  title = "Rà soát, đề xuất giải pháp nâng hiệu quả, năng suất của Bộ phận Một cửa",
  text = "Quý IV/2021",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = quarter "2021-Q4", product = "Giải pháp, sáng kiến", see = "III.4.2",
}

task "PL/I.9" {
  title = "Cập nhật, chuẩn hóa danh mục tài liệu, hồ sơ trên cơ sở dữ liệu quốc gia về thủ tục",
  text = "Sau khi có hướng dẫn của Công an tỉnh",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = after "catalogue-guidance", product = "Danh mục tài liệu, hồ sơ được chuẩn hóa",
}

task "PL/I.10" {
  title = "Đánh mã thống nhất giấy tờ được số hóa trong thành phần hồ sơ",
  text = "Sau khi có hướng dẫn",
  lead = "@desk", lead_text = "Cán bộ tiếp nhận hồ sơ tại Bộ phận Một cửa Công an các cấp", with = "D-TONGHOP",
  due = after "coding-guidance", product = "Hồ sơ được đánh mã", also = "V.1/so-hoa", see = "III.1.2",
}

task "PL/I.11" {
  title = "Rà soát, tái cấu trúc quy trình, điện tử hóa mẫu đơn, tờ khai, kết quả",
  text = "Sau khi có hướng dẫn của Công an tỉnh",
  lead = "@specialist", with = "@commune", due = after "redesign-guidance",
  lead_text = SPECIALIST,
  product = "Danh mục thủ tục được rà soát; quy trình, biểu mẫu điện tử được duyệt",
  note = "Bảng không nêu tên đội: đọc rộng là bốn đội nghiệp vụ.",
}

task "PL/I.12" {
  title = "Đánh giá, đề xuất thủ tục được tiếp nhận không phụ thuộc địa giới hành chính",
  text = "Quý IV/2021",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED, due = quarter "2021-Q4", see = "III.3.1",
  product = "Danh mục thủ tục không phụ thuộc địa giới",
}

section "PL/I.13" "Tiếp nhận, giải quyết thủ tục không phụ thuộc địa giới hành chính"

task "PL/I.13.a" {
  title = "Thủ tục cư trú, xuất nhập cảnh: tiếp nhận không phụ thuộc địa giới",
  text = "Quy IV/2021",
  lead = "D-QLHC", with = "@related", with_text = RELATED, due = quarter "2021-Q4", see = "III.3.2",
  product = "Thủ tục được giải quyết không phụ thuộc địa giới",
}

task "PL/I.13.b" {
  title = "Các thủ tục khác đủ điều kiện: tiếp nhận không phụ thuộc địa giới",
  text = "Theo kế hoạch thực hiện của bộ phận, đơn vị",
  lead = { "D-QLHC", "D-PCCC", "D-CSGT" }, due = schedule "unit-plan", see = { "III.3.1", "III.3.2" },
  product = "Thủ tục được giải quyết không phụ thuộc địa giới",
  note = "Bảng dẫn “điểm a, mục 3 phần III”; trong kế hoạch mục đó in là III.3.1.",
}

task "PL/I.14" {
  title = "Rà soát, kiến nghị sửa đổi văn bản quy phạm liên quan nội dung đổi mới",
  text = "Sau khi Chính phủ sửa đổi Nghị định số 61/2018/NĐ-CP và Thông tư Số 0101/2018/TT-VP/CP của Văn phòng Chính phủ",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED, due = after(all_of("decree-61-amended", "circular-01-amended")),
  product = "Báo cáo kết quả rà soát văn bản",
  note = "Số thông tư in sai (0101/2018/TT-VP/CP), đọc là 01/2018/TT-VPCP. “Và” đọc là sau khi có đủ hai văn bản sửa đổi.",
}

task "PL/I.15" {
  title = "Cử cán bộ Một cửa tham gia đào tạo, bồi dưỡng nghiệp vụ",
  text = "Sau khi có hướng dẫn tập huấn của Công an tỉnh",
  lead = "D-TONGHOP", with = "@specialist", with_text = SPECIALIST,
  due = after "training-guidance",
  product = "Danh sách và thông báo cử cán bộ",
  note = "Mỗi hướng dẫn tập huấn là một lần cử.",
}

task "PL/I.16" {
  title = "Đề xuất giao bưu chính công ích một số việc hướng dẫn, tiếp nhận, số hóa, trả kết quả",
  text = "Thường xuyên",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED, due = ongoing, product = "Văn bản đề xuất", see = "III.4.4",
}

task "PL/I.17" {
  title = "Bố trí kinh phí, nhân lực, cơ sở vật chất cho nhiệm vụ được giao",
  text = "Năm 2021 và các năm tiếp theo",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = ongoing { from = "2021" }, product = "Kinh phí được bảo đảm", see = "IV",
}

report "PL/I.18" {
  title = "Báo cáo kết quả thực hiện Đề án, lồng trong báo cáo kiểm soát thủ tục hành chính",
  text = "Quý, Năm",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED, to = "CAT", product = "Báo cáo",
  note = "Không nêu ngày: lấy ngày cuối kỳ; Quý IV và năm là hai báo cáo. Nơi nhận không in, đọc là Công an tỉnh. " ..
    "Dòng nằm ở phần năm 2021, nhưng V.1 không giới hạn năm: chạy đến hết 2025.",

  part "quarter" {
    title = "Báo cáo quý về kết quả thực hiện Đề án", text = "Quý",
    due = every("quarter", { day = "unstated" }),
  },

  part "year" {
    title = "Báo cáo năm về kết quả thực hiện Đề án", text = "Năm",
    due = every("year", { day = "unstated" }),
  },
}

task "PL/I.19" {
  title = "Hướng dẫn lưu trữ điện tử hồ sơ thủ tục hành chính",
  text = "Quý III/2021",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = quarter "2021-Q3", product = "Tài liệu hướng dẫn", see = "III.1.3",
}

task "PL/I.20" {
  title = "Cùng Văn phòng UBND huyện và các ngành xây dựng giải pháp bảo mật",
  text = "Theo tiến độ của Văn Phòng UBND",
  lead = "D-TONGHOP", with = { "D-ANNINH", "VP-UBND", "BANNGANH" }, due = schedule "committee-progress", also = "V.4/bao-mat",
  product = "Giải pháp bảo mật",
}

-- Phụ lục II. Năm 2022 ---------------------------------------------------------------------------------------------------

section "PL/II" "Năm 2022"

task "PL/II.1" {
  title = "Triển khai quy trình số hóa tại Một cửa: cấp huyện 50 %, cấp xã 30 %",
  text = "Quý 1/2022",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED, due = quarter "2022-Q1",
  product = "Hồ sơ, giấy tờ, kết quả được số hóa",
  note = "II.2.2 cho cả năm 2022; theo hạn sớm hơn của phụ lục.",

  kpi "rollout-district" {
    title = "Bộ phận Một cửa cấp huyện triển khai quy trình số hóa, Quý I/2022",
    across = "@desk_team", over = "2022-Q1", due = quarter "2022-Q1",
    measure = ratio("desks.digitizing", "desks.total"), target = at_least(50, "%"),
  },

  kpi "rollout-commune" {
    title = "Bộ phận Một cửa cấp xã triển khai quy trình số hóa, Quý I/2022",
    across = "@commune", over = "2022-Q1", due = quarter "2022-Q1",
    measure = ratio("desks.digitizing", "desks.total"), target = at_least(30, "%"),
  },
}

task "PL/II.2" {
  title = "Số hóa kết quả còn hiệu lực: mỗi cấp tăng thêm 20 %",
  text = "Cả năm 2022",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = year "2022",
  product = "Hồ sơ, kết quả được số hóa",
  note = BY_V1 .. " “Tăng 20%” đọc là 20 điểm trên mức 2021 (PL/I.7). Vài chữ của dòng bị lặp ở bản quét.",

  kpi "digitized-district" {
    title = "Kết quả còn hiệu lực cấp huyện đã số hóa, năm 2022",
    lead = "@desk_team", over = "2022", due = year "2022",
    measure = ratio("results.digitized", "results.valid"), target = at_least(40, "%"),
    note = "20 % năm 2021 + 20. II.2.2 nêu cùng mức tăng cho cả huyện.",
  },

  kpi "digitized-commune" {
    title = "Kết quả còn hiệu lực cấp xã đã số hóa, năm 2022",
    lead = "@commune", over = "2022", due = year "2022",
    measure = ratio("results.digitized", "results.valid"), target = at_least(35, "%"),
    note = "15 % năm 2021 + 20. II.2.2 nêu cùng mức tăng cho cả huyện.",
  },
}

task "PL/II.3" {
  title = "Tạo lập hệ thống thông tin giải quyết thủ tục thống nhất, liên thông các cấp (2022)",
  text = "Quý 1/2022",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = quarter "2022-Q1", also = "PL/I.4", see = { "II.2.2", "III.2.2" },
  product = "Hệ thống thông tin thống nhất, liên thông giữa các cấp",
  note = "Cùng việc với PL/I.4 (Quý IV/2021).",
}

task "PL/II.4" {
  title = "Kết nối phần mềm một cửa của Bộ với Trung tâm chỉ đạo, điều hành của Chính phủ",
  text = "Quý 1/2022",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = quarter "2022-Q1", product = "Các phần mềm được kết nối, chia sẻ",
  note = "Nội dung nói “theo hướng dẫn của Công an tỉnh”, cột thời gian in Quý 1/2022: theo ngày in.",
}

task "PL/II.5" {
  title = "Ít nhất 30 % người dân, doanh nghiệp không phải nộp lại giấy tờ đã được chấp nhận",
  text = "Năm 2022",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = year "2022", product = "Hồ sơ được tiếp nhận",
  note = BY_V1,

  kpi "no-resubmit" {
    title = "Người dân, doanh nghiệp không phải nộp lại giấy tờ, năm 2022",
    over = "2022", due = year "2022",
    measure = ratio("applicants.no_resubmit", "applicants.total"), target = at_least(30, "%"),
    note = "II.2.2 nêu cùng mức cho cả huyện.",
  },
}

task "PL/II.6" {
  title = "Giảm thời gian chờ trung bình xuống tối đa 30 phút một lần giao dịch",
  text = "Năm 2022",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = year "2022", product = "Thời gian chờ được cắt giảm",
  note = BY_V1 .. " Dòng in lệch cột: “Đội Tổng hợp” lặp hai lần.",

  kpi "waiting" {
    title = "Thời gian chờ trung bình một lần giao dịch, năm 2022",
    over = "2022", due = year "2022",
    measure = average("visits.wait_minutes", "visits.count"), target = at_most(30, "phút"),
    note = "II.2.2 nêu cùng mức cho cả huyện.",
  },
}

task "PL/II.7" {
  title = "Thiết kế bản sắc thương hiệu thống nhất cho Một cửa và hệ thống thông tin",
  text = "Quý IV/2022",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = quarter "2022-Q4", also = "III.4.5/nhan-dien", see = "III.4.5",
  product = "Bản sắc thương hiệu Bộ phận Một cửa",
  note = "III.4.5 chỉ làm sau khi Công an tỉnh hướng dẫn; phụ lục in Quý IV/2022: theo ngày in.",
}

-- Phụ lục III. Năm 2023-2025 ---------------------------------------------------------------------------------------------

section "PL/III" "Năm 2023-2025"

task "PL/III.1" {
  title = "Tiếp nhận kết nối cơ sở dữ liệu của Bộ Công an với Cổng quốc gia và một cửa điện tử",
  text = "2023-2025",
  lead = "@desk_team", lead_text = "Bộ phận quản lý các cơ sở dữ liệu", with = "@related", with_text = RELATED,
  due = span("2023", "2025"), product = "Các cơ sở dữ liệu được kết nối, chia sẻ", see = { "II.2.3", "V.2/ket-noi-dan-cu" },
  note = "Không nêu đội nào quản lý cơ sở dữ liệu: đọc là ba đội có thủ tục hành chính (V.1). V.2 chỉ nêu dữ liệu dân cư.",
}

task "PL/III.2" {
  title = "Số hóa, ký số, lưu trữ điện tử: mỗi cấp mỗi năm thêm 20 % đến 100 %",
  text = "2023-2025",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = span("2023", "2025"),
  product = "Hồ sơ, giấy tờ, kết quả được số hóa, ký số",
  note = BY_V1 .. " Dòng bị cụt ở ngắt trang. Đọc là nối tiếp mức của PL/I.7, PL/II.2.",

  kpi "digitized-district" {
    title = "Kết quả cấp huyện đã số hóa, ký số, lưu trữ, 2023-2025",
    lead = "@desk_team", each = "year", over = "2023-2025",
    measure = ratio("results.digitized", "results.valid"), target = at_least(path("2023", { 60, 80, 100 }), "%"),
    note = "40 % năm 2022 rồi +20 mỗi năm. II.2.3 nêu cùng mức tăng cho cả huyện.",
  },

  kpi "digitized-commune" {
    title = "Kết quả cấp xã đã số hóa, ký số, lưu trữ, 2023-2025",
    lead = "@commune", each = "year", over = "2023-2025",
    measure = ratio("results.digitized", "results.valid"), target = at_least(path("2023", { 55, 75, 95 }), "%"),
    note = "35 % năm 2022 rồi +20 mỗi năm: năm 2025 mới 95 %, không tới mức 100 % mà chính dòng này, II.2.3 và PL/III.5 đòi.",
  },
}

task "PL/III.3" {
  title = "Triển khai quy trình số hóa tại Một cửa: mỗi năm thêm 30 % đến 100 %",
  text = "2023-2025",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = span("2023", "2025"),
  product = "Quy trình số hóa được triển khai ở Bộ phận Một cửa các cấp",
  note = BY_V1 .. " Trừ xã vùng sâu, vùng xa, đặc biệt khó khăn (II.2.3: vùng đồng bào Khmer); chưa có danh sách nên giao mọi xã.",

  kpi "rollout-district" {
    title = "Bộ phận Một cửa cấp huyện triển khai quy trình số hóa, 2023-2025",
    across = "@desk_team", each = "year", over = "2023-2025",
    measure = ratio("desks.digitizing", "desks.total"), target = at_least(path("2023", { 80, 100, 100 }), "%"),
    note = "50 % năm 2022 rồi +30 mỗi năm đến 100 %. Trùng phần 2023-2025 của II.2.2#rollout-district.",
  },

  kpi "rollout-commune" {
    title = "Bộ phận Một cửa cấp xã triển khai quy trình số hóa, 2023-2025",
    across = "@commune", each = "year", over = "2023-2025",
    measure = ratio("desks.digitizing", "desks.total"), target = at_least(path("2023", { 60, 90, 100 }), "%"),
    note = "30 % năm 2022 rồi +30 mỗi năm đến 100 %; chưa trừ được xã vùng sâu, vùng xa. " ..
      "Trùng phần 2023-2025 của II.2.2#rollout-commune.",
  },
}

task "PL/III.4" {
  title = "80 % người dân, doanh nghiệp không phải nộp lại giấy tờ đã được chấp nhận",
  text = "2023-2025",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = span("2023", "2025"), product = "Hồ sơ được tiếp nhận",
  note = BY_V1,

  kpi "no-resubmit" {
    title = "Người dân, doanh nghiệp không phải nộp lại giấy tờ, 2023-2025",
    each = "year", over = "2023-2025",
    measure = ratio("applicants.no_resubmit", "applicants.total"), target = at_least(80, "%"),
    note = "Không nói năm nào phải đạt: chấm từng năm từ 2023. II.2.3 nêu cùng mức cho cả huyện.",
  },
}

task "PL/III.5" {
  title = "Hồ sơ trực tuyến 50 %, luân chuyển điện tử 80 %, số hóa lưu trữ 100 %",
  text = "2023-2025",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = span("2023", "2025"),
  product = "Hồ sơ luân chuyển điện tử; hồ sơ đã giải quyết được số hóa, lưu trữ",
  note = BY_V1 .. " Ô sản phẩm bị đảo chữ ở bản quét.",

  kpi "online" {
    title = "Hồ sơ thực hiện trực tuyến trên tổng số tiếp nhận",
    each = "year", over = "2023-2025",
    measure = ratio("dossiers.online", "dossiers.received"), target = at_least(50, "%"),
    note = "Chấm từng năm từ 2023. II.2.3 nêu cùng mức cho cả huyện.",
  },

  kpi "e-transfer" {
    title = "Hồ sơ luân chuyển nội bộ bằng phương thức điện tử",
    each = "year", over = "2023-2025",
    measure = ratio("dossiers.e_transferred", "dossiers.transferred"), target = at_least(80, "%"),
    note = "Chấm từng năm từ 2023. II.2.3 nêu cùng mức cho cả huyện.",
  },

  kpi "archived" {
    title = "Hồ sơ giải quyết thành công được số hóa, lưu trữ, dùng lại được",
    each = "year", over = "2023-2025",
    measure = ratio("archive.reusable", "dossiers.successful"), target = at_least(100, "%"),
    note = "Chấm từng năm từ 2023. II.2.3 nêu cùng mức cho cả huyện.",
  },
}

task "PL/III.6" {
  title = "Nâng năng suất một cán bộ Một cửa lên 1.600, 1.200, 800 hồ sơ một năm theo vùng",
  text = "2023-2025",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = span("2023", "2025"),
  product = "Năng suất tiếp nhận của cán bộ được nâng cao",
  note = BY_V1,

  kpi "per-officer" {
    title = "Hồ sơ tiếp nhận trung bình của một cán bộ Một cửa trong năm",
    each = "year", over = "2023-2025",
    measure = average("dossiers.received", "officers.desk"),
    target = at_least(by_attribute("area", { rural = 1200, remote = 800, khmer = 800, default = 1600 }), "hồ sơ"),
    waive = { below = "dossiers.received", why = "tổng hồ sơ cả năm của Bộ phận Một cửa ít hơn chỉ tiêu" },
    note = "Không nguồn nào nói xã nào thuộc vùng nào: chưa chấm được đến khi ghi `area` cho đơn vị.",
  },
}

task "PL/III.7" {
  title = "Chờ trung bình tối đa 15 phút một lượt; tiếp nhận tối đa 30 phút một hồ sơ",
  text = "2023-2025",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = span("2023", "2025"), product = "Thời gian chờ được cắt giảm",
  note = BY_V1,

  kpi "waiting" {
    title = "Thời gian chờ trung bình một lượt giao dịch, 2023-2025",
    each = "year", over = "2023-2025",
    measure = average("visits.wait_minutes", "visits.count"), target = at_most(15, "phút"),
    note = "Không nói năm nào phải đạt: chấm từng năm từ 2023. II.2.3 nêu cùng mức cho cả huyện.",
  },

  kpi "intake" {
    title = "Thời gian tiếp nhận một hồ sơ (hồ sơ lâu nhất), 2023-2025",
    each = "year", over = "2023-2025",
    measure = largest("intake.longest_minutes"), target = at_most(30, "phút"),
    note = "Dòng này nói “tiếp nhận, xử lý” và 2023-2025, II.2.3 chỉ nói tiếp nhận, năm 2025: chấm từng năm từ 2023, " ..
      "chỉ phần tiếp nhận vì xử lý có hạn riêng của từng thủ tục.",
  },
}

task "PL/III.8" {
  title = "Điện tử hóa việc giám sát, đánh giá kết quả tiếp nhận, giải quyết thủ tục",
  text = "2023-2025",
  lead = "D-TONGHOP", with = "@related", with_text = RELATED,
  due = span("2023", "2025"), product = "Kết quả giám sát, đánh giá điện tử",
  see = { "II.2.3", "III.5" },
}

task "PL/III.9" {
  title = "Mức độ hài lòng của tổ chức, cá nhân đạt ít nhất 95 % vào năm 2025",
  text = "2023-2025",
  lead = "@desk", lead_text = RELATED, with = "D-TONGHOP", due = span("2023", "2025"), product = "Mức độ hài lòng",
  note = BY_V1,

  kpi "satisfied" {
    title = "Mức độ hài lòng của tổ chức, cá nhân, năm 2025", text = "vào năm 2025",
    over = "2025", due = year "2025",
    measure = ratio("ratings.satisfied", "ratings.total"), target = at_least(95, "%"),
    note = "II.2.3 nêu cùng mức cho cả huyện.",
  },
}

-- Kiểm thử ---------------------------------------------------------------------------------------------------------------

test "tháng: việc tháng 7/2021 giữ hạn trước ngày ban hành" { at = "2021-08-05", unit = "culaodung/D-TONGHOP",
  expect = {
    { ref = "PL/I.1", period = "2021-2025", due = "2021-07-31", act_by = "2021-07-30", state = "overdue" },
    { ref = "PL/I.6", period = "2021-2025", due = "2021-08-31", act_by = "2021-08-31", state = "open" },
  } }

test "tháng 7/2021 của các đội và xã" { at = "2021-08-05", unit = "culaodung/X-ANTHANH2",
  expect = {
    { ref = "PL/I.2", period = "2021-2025", due = "2021-07-31", act_by = "2021-07-30", state = "overdue" },
    { ref = "PL/I.3", period = "2021-2025", due = "2021-09-30", act_by = "2021-09-30", state = "open" },
    { ref = "PL/I.1", absent = true } } }

test "mọi dòng theo quý của Đội Tổng hợp và Đội CSQLHC" { at = "2021-08-10", unit = "culaodung/D-TONGHOP",
  expect = {
    { ref = "PL/I.4", due = "2021-12-31", act_by = "2021-12-31" },
    { ref = "PL/I.8", due = "2021-12-31" },
    { ref = "PL/I.19", due = "2021-09-30" },
    { ref = "PL/I.13.a", unit = "culaodung/D-QLHC", due = "2021-12-31", act_by = "2021-12-31" },
    { ref = "PL/II.3", due = "2022-03-31", act_by = "2022-03-31" },
    { ref = "PL/II.4", due = "2022-03-31" } } }

test "quý: hạn là ngày cuối quý" { at = "2021-09-15", unit = "culaodung/D-TONGHOP",
  expect = {
    { ref = "PL/I.5", due = "2021-09-30", act_by = "2021-09-30", state = "open" },
    { ref = "PL/I.12", due = "2021-12-31", act_by = "2021-12-31", state = "open" },
    { ref = "PL/II.1", due = "2022-03-31", act_by = "2022-03-31", state = "open" },
    { ref = "PL/II.7", due = "2022-12-31", act_by = "2022-12-30", state = "open" },
  } }

test "năm: 31/12/2022 là thứ Bảy nên làm xong trước hết 30/12" { at = "2022-12-01", unit = "culaodung/X-ANTHANH1",
  expect = {
    { ref = "PL/I.7", due = "2021-12-31", act_by = "2021-12-31", state = "overdue" },
    { ref = "PL/II.5", due = "2022-12-31", act_by = "2022-12-30", state = "open" },
  } }

test "nhiều năm: chạy đến 31/12/2025" { at = "2024-06-03", unit = "culaodung/D-TONGHOP",
  expect = { { ref = "PL/III.8", period = "2021-2025", due = "2025-12-31", act_by = "2025-12-31", state = "open" } } }

test "nhiều năm: mốc cuối 2023, cuối 2024, hạn cuối 2025" { at = "2024-01-02", unit = "culaodung/D-QLHC",
  given = { finished("PL/III.2#checkpoint", "2023", "2023-12-28") },
  expect = {
    { ref = "PL/III.2", part = "checkpoint", period = "2023", due = "2023-12-31", act_by = "2023-12-29", state = "done" },
    { ref = "PL/III.4", part = "checkpoint", period = "2023", due = "2023-12-31", state = "overdue" },
    { ref = "PL/III.4", part = "checkpoint", period = "2024", due = "2024-12-31", act_by = "2024-12-31", state = "open" },
    { ref = "PL/III.4", part = "checkpoint", period = "2025", absent = true },
    { ref = "PL/III.1", period = "2021-2025", due = "2025-12-31", act_by = "2025-12-31" },
    { ref = "PL/III.3", period = "2021-2025", due = "2025-12-31" },
    { ref = "PL/III.5", period = "2021-2025", due = "2025-12-31" },
    { ref = "PL/III.6", period = "2021-2025", due = "2025-12-31" },
    { ref = "PL/III.7", period = "2021-2025", due = "2025-12-31" },
    { ref = "PL/III.9", period = "2021-2025", due = "2025-12-31" } } }

test "việc năm 2022 của Đội CSGT: 31/12 là thứ Bảy" { at = "2022-12-01", unit = "culaodung/D-CSGT",
  expect = {
    { ref = "PL/II.2", due = "2022-12-31", act_by = "2022-12-30", state = "open" },
    { ref = "PL/II.6", due = "2022-12-31", act_by = "2022-12-30", state = "open" },
    { ref = "V.1/bao-cao", part = "year", period = "2022", due = "2022-12-31", act_by = "2022-12-30" },
    { ref = "V.1/bao-cao", part = "quarter", period = "2022-Q4", due = "2022-12-31", act_by = "2022-12-30" } } }

test "báo cáo quý, năm không nêu ngày: ngày cuối kỳ" { at = "2022-12-01", unit = "culaodung/D-TONGHOP",
  given = { finished("PL/I.18#quarter", "2022-Q3", "2022-09-28") },
  expect = {
    { ref = "PL/I.18", part = "quarter", period = "2021-Q2", absent = true },
    { ref = "PL/I.18", part = "quarter", period = "2021-Q3", due = "2021-09-30" },
    { ref = "PL/I.18", part = "quarter", period = "2022-Q3", state = "done" },
    { ref = "PL/I.18", part = "quarter", period = "2022-Q4", due = "2022-12-31", act_by = "2022-12-30", state = "open" },
    { ref = "PL/I.18", part = "year", period = "2022", due = "2022-12-31", act_by = "2022-12-30", state = "open" },
    { ref = "PL/I.18", part = "year", period = "2025", due = "2025-12-31" },
  } }

test "Đội Tổng hợp nhận báo cáo, không tự nợ báo cáo" { at = "2021-09-15", unit = "culaodung/D-TONGHOP",
  expect = { { ref = "V.1/bao-cao", part = "quarter", period = "2021-Q3", absent = true } } }

test "dự toán hằng năm của mọi đơn vị" { at = "2023-12-01", unit = "culaodung/D-ANNINH",
  expect = { { ref = "IV/du-toan", period = "2023", due = "2023-12-31", act_by = "2023-12-29", state = "open" } } }

test "sau khi có hướng dẫn: chờ" { at = "2021-10-01", unit = "culaodung/D-TONGHOP",
  expect = { { ref = "PL/I.9", due = false, state = "waiting" } } }

test "sau khi có hướng dẫn: mở việc, không có hạn" { at = "2021-10-01", unit = "culaodung/D-TONGHOP",
  given = { occurred("catalogue-guidance", "2021-09-20") },
  expect = { { ref = "PL/I.9", due = false, state = "open" } } }

test "sau khi có hướng dẫn: đánh mã, tái cấu trúc, nhận diện mở ra, không có hạn" { at = "2021-11-01", unit = "culaodung/D-PCCC",
  given = { occurred("coding-guidance", "2021-10-20"), occurred("redesign-guidance", "2021-10-20") },
  expect = {
    { ref = "PL/I.10", due = false, state = "open" },
    { ref = "PL/I.11", due = false, state = "open" },
    { ref = "III.4.5/nhan-dien", unit = "culaodung/D-TONGHOP", due = false, state = "waiting" } } }

test "mỗi hướng dẫn tập huấn là một lần cử cán bộ" { at = "2022-06-01", unit = "culaodung/D-TONGHOP",
  given = { occurred("training-guidance", "2021-11-02"), occurred("training-guidance", "2022-05-16"),
            finished("PL/I.15", "2021-11-02", "2021-11-10") },
  expect = {
    { ref = "PL/I.15", period = "2021-11-02", due = false, state = "done" },
    { ref = "PL/I.15", period = "2022-05-16", due = false, state = "open" } } }

test "sau hai văn bản sửa đổi: mới có một thì còn chờ" { at = "2022-01-10", unit = "culaodung/D-TONGHOP",
  given = { occurred("decree-61-amended", "2021-12-06") },
  expect = { { ref = "PL/I.14", due = false, state = "waiting" } } }

test "theo kế hoạch riêng: ngày lấy từ lần ghi" { at = "2021-11-01", unit = "culaodung/D-CSGT",
  given = { occurred("unit-plan", "2021-09-01", { due = "2021-11-30" }) },
  expect = { { ref = "PL/I.13.b", period = "2021-09-01", due = "2021-11-30", act_by = "2021-11-30", state = "open" } } }

test "theo tiến độ của Văn phòng UBND: chưa có mốc" { at = "2021-11-01", unit = "culaodung/D-TONGHOP",
  expect = { { ref = "PL/I.20", due = false, state = "waiting" } } }

test "thường xuyên và từ năm 2021" { at = "2022-05-04", unit = "culaodung/D-TONGHOP",
  expect = {
    { ref = "PL/I.16", due = false, state = "standing" },
    { ref = "PL/I.17", due = false, state = "standing" },
  } }

test "mỗi vướng mắc một việc" { at = "2022-03-10", unit = "culaodung/X-DAIAN1",
  given = { occurred("difficulty", "2022-03-07") },
  expect = { { ref = "V.4/vuong-mac", period = "2022-03-07", due = "2022-03-08", act_by = "2022-03-08", state = "overdue" } } }

test "không nêu thời hạn" { at = "2021-09-01", unit = "culaodung/D-QLHC",
  expect = { { ref = "V.2/ket-noi-dan-cu", due = false } } }

test "số hóa cấp xã năm 2021: đúng 15 % là đạt" { at = "2022-01-10", unit = "culaodung/X-ANTHANH1",
  given = { figure("results.valid", "2021", 200), figure("results.digitized", "2021", 30) },
  expect = { { kpi = "PL/I.7#digitized-commune", period = "2021", state = "met", value = 15 } } }

test "số hóa cấp xã năm 2024: lộ trình đòi 75 %" { at = "2025-01-10", unit = "culaodung/X-ANTHANH1",
  given = { figure("results.valid", "2024", 400), figure("results.digitized", "2024", 299) },
  expect = { { kpi = "PL/III.2#digitized-commune", period = "2024", state = "missed", value = 74.75 } } }

test "số hóa cấp huyện năm 2023: lộ trình đòi 60 %" { at = "2024-01-10", unit = "culaodung/D-QLHC",
  given = { figure("results.valid", "2023", 500), figure("results.digitized", "2023", 300) },
  expect = { { kpi = "PL/III.2#digitized-district", period = "2023", state = "met", value = 60 } } }

test "lộ trình toàn huyện: chưa ai báo số" { at = "2022-01-10", unit = "culaodung/D-QLHC",
  expect = { { kpi = "II.2.1#digitized-district", period = "2021", state = "no_data" } } }

test "thời gian chờ năm 2022: 30,01 phút là chưa đạt" { at = "2023-01-10", unit = "culaodung/D-CSGT",
  given = { figure("visits.count", "2022", 100), figure("visits.wait_minutes", "2022", 3001) },
  expect = { { kpi = "PL/II.6#waiting", period = "2022", state = "missed", value = 30.01 } } }

test "tiếp nhận lâu nhất 30 phút là đạt" { at = "2024-01-10", unit = "culaodung/D-PCCC",
  given = { figure("intake.longest_minutes", "2023", 30) },
  expect = { { kpi = "PL/III.7#intake", period = "2023", state = "met", value = 30 } } }

test "năng suất: không rõ vùng thì chưa chấm" { at = "2024-01-10", unit = "culaodung/X-ANTHANHNAM",
  given = { figure("dossiers.received", "2023", 3000), figure("officers.desk", "2023", 2) },
  expect = { { kpi = "PL/III.6#per-officer", period = "2023", state = "no_data" } } }

test "hài lòng năm 2025: 94,9 % là chưa đạt" { at = "2026-01-10", unit = "culaodung/X-CULAODUNG",
  given = { figure("ratings.total", "2025", 1000), figure("ratings.satisfied", "2025", 949) },
  expect = { { kpi = "PL/III.9#satisfied", period = "2025", state = "missed", value = 94.9 } } }

test "không nộp lại giấy tờ: 30 % năm 2022, 80 % từ 2023" { at = "2024-01-10", unit = "culaodung/X-ANTHANHTAY",
  given = {
    figure("applicants.total", "2022", 50), figure("applicants.no_resubmit", "2022", 15),
    figure("applicants.total", "2023", 50), figure("applicants.no_resubmit", "2023", 39) },
  expect = {
    { kpi = "PL/II.5#no-resubmit", period = "2022", state = "met", value = 30 },
    { kpi = "PL/III.4#no-resubmit", period = "2023", state = "missed", value = 78 } } }

test "trực tuyến 50 %, luân chuyển điện tử 80 %, lưu trữ 100 %" { at = "2024-01-10", unit = "culaodung/D-QLHC",
  given = {
    figure("dossiers.received", "2023", 900), figure("dossiers.online", "2023", 450),
    figure("dossiers.transferred", "2023", 0), figure("dossiers.e_transferred", "2023", 0),
    figure("dossiers.resolved", "2023", 890), figure("dossiers.successful", "2023", 880), figure("archive.reusable", "2023", 879) },
  expect = {
    { kpi = "PL/III.5#online", period = "2023", state = "met", value = 50 },
    { kpi = "PL/III.5#e-transfer", period = "2023", state = "exempt" },
    { kpi = "PL/III.5#archived", period = "2023", state = "missed" } } }

test "thời gian chờ từ 2023: đúng 15 phút là đạt" { at = "2024-01-10", unit = "culaodung/D-CSGT",
  given = { figure("visits.count", "2023", 200), figure("visits.wait_minutes", "2023", 3000) },
  expect = { { kpi = "PL/III.7#waiting", period = "2023", state = "met", value = 15 } } }

test "chỉ tiêu cộng chung của xã: giá trị tính trên số đã báo; chưa ai báo thì chưa có" { at = "2026-01-10",
  unit = "culaodung/X-ANTHANH3",
  given = {
    figure("desks.total", "2022-Q1", 2), figure("desks.digitizing", "2022-Q1", 1),
    figure("intake.longest_minutes", "2025", 31) },
  expect = {
    { kpi = "PL/II.1#rollout-commune", period = "2022-Q1", value = 50 },
    { kpi = "II.2.3#intake", period = "2025", value = 31, state = "missed" },
    { kpi = "II.2.2#waiting", period = "2025", state = "no_data" } } }
