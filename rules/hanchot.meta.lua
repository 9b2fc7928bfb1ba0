---@meta

-- Mọi từ và khoá của ngôn ngữ quy tắc, cho máy chủ ngôn ngữ Lua (tiện ích “Lua” của VS Code và các trình soạn thảo khác):
-- gợi ý khi gõ, giải thích khi trỏ chuột, gạch dưới khoá sai. hanchot không nạp tệp này.

---Ngày: "2026-01-20" hoặc "20/01/2026".
---@alias hanchot.day string

---Kỳ: "2026", "2026-H1", "2026-Q4", "2026-11", "2026-11-24", "2026-W48", "2021-2025", "2025-10-15/2026-01-14".
---@alias hanchot.period string

---Ai: mã "PV01", mã đầy đủ "haiphong/PV01", nhóm "@desk", mọi đơn vị "@all", mọi đơn vị chủ trì "@leads", hoặc danh sách.
---@alias hanchot.who string|string[]|hanchot.together

---Sự kiện: tên đã khai báo, hoặc done_of, all_of, any_of.
---@alias hanchot.trigger string|hanchot.several

---Tên số liệu, hoặc tổng của nhiều số liệu.
---@alias hanchot.operand string|hanchot.measure

---Mức của chỉ tiêu: một số, hoặc by_attribute, path, steps.
---@alias hanchot.level number|hanchot.cases

---@class hanchot.when
---@class hanchot.together
---@class hanchot.several
---@class hanchot.measure
---@class hanchot.target
---@class hanchot.cases
---@class hanchot.lead_time
---@class hanchot.given
---@class hanchot.part
---@class hanchot.nested_kpi

-- Tệp ---------------------------------------------------------------------------------------------------------------

---Dòng đầu của mọi tệp quy tắc, tệp được include cũng vậy: api(1).
---@param version 1
function api(version) end

---Nạp một tệp khác trong thư mục quy tắc, mỗi tệp một lần: include "units/haiphong".
---@param name string
function include(name) end

-- Đơn vị ------------------------------------------------------------------------------------------------------------

---@class (exact) hanchot.unit
---@field title string Tên đơn vị
---@field from_day? hanchot.day Ngày đầu có đơn vị
---@field until_day? hanchot.day Ngày cuối còn đơn vị
---@field heir? string Mã đầy đủ của đơn vị tiếp nhận: mọi việc đến hạn sau until_day
---@field note? string Ghi chú
---@field was? string Mã đầy đủ cũ
---@field area? string Thuộc tính cho by_attribute
---@field level? string Thuộc tính cho by_attribute
---@field kind? string Thuộc tính cho by_attribute

---@class (exact) hanchot.org
---@field title string Tên cơ quan
---@field units table<string, hanchot.unit> Các đơn vị theo mã
---@field outside? table<string, string> Nơi chỉ nhận hoặc phối hợp, theo mã
---@field groups? table<string, hanchot.who> Các nhóm; nhóm có thể chứa nhóm

---Một cơ quan và các đơn vị của nó: org "haiphong" { … }.
---@param id string
---@return fun(org: hanchot.org)
function org(id) end

---Một việc chung của nhiều đơn vị; đơn vị đứng đầu chịu trách nhiệm: together { "PV01", "PX03" }.
---@param units string[]
---@return hanchot.together
function together(units) end

---Không đọc được ai chủ trì; việc vẫn hiện, không có đơn vị: unknown "vì sao".
---@param why string
---@return hanchot.together
function unknown(why) end

-- Kế hoạch ----------------------------------------------------------------------------------------------------------

---@class (exact) hanchot.plan
---@field org string Mã cơ quan
---@field issued hanchot.day Ngày ban hành
---@field period hanchot.period Thời gian kế hoạch nói đến
---@field title string Tên kế hoạch
---@field number? string Số, ký hiệu
---@field ended? hanchot.day Ngày kế hoạch thôi hiệu lực
---@field groups? table<string, hanchot.who> Nhóm riêng của kế hoạch
---@field note? string Ghi chú
---@field was? string Mã kế hoạch cũ

---Kế hoạch: mỗi tệp một, đứng trước các dòng: plan "haiphong-2026" { … }.
---@param id string
---@return fun(plan: hanchot.plan)
function plan(id) end

---@class (exact) hanchot.event
---@field title string Điều xảy ra
---@field by_unit? boolean Mỗi đơn vị có ngày riêng
---@field repeats? boolean Mỗi lần xảy ra là một việc mới
---@field note? string Ghi chú

---Sự kiện mà thời hạn chờ: event "plan-received" { … }.
---@param name string
---@return fun(event: hanchot.event)
function event(name) end

-- Dòng --------------------------------------------------------------------------------------------------------------

---@class (exact) hanchot.escalate
---@field after hanchot.lead_time Quá hạn bao lâu
---@field to hanchot.who Báo cho ai

---@class (exact) hanchot.row
---@field title string Tên việc, viết ngắn, tối đa 90 ký tự
---@field lead hanchot.who Chủ trì: mỗi đơn vị một việc
---@field due? hanchot.when Thời hạn; chỉ bỏ khi mọi ngày nằm trong part
---@field text? string Lời thời gian, đúng như kế hoạch in
---@field with? hanchot.who Phối hợp
---@field to? hanchot.who Nơi nhận
---@field via? string Gửi qua ai
---@field except? hanchot.who Trừ ra khỏi lead
---@field lead_text? string Kế hoạch in chủ trì thế nào, nếu khác danh sách
---@field with_text? string Kế hoạch in phối hợp thế nào, nếu khác danh sách
---@field product? string Sản phẩm phải có
---@field form? string Mẫu biểu
---@field note? string Điều nghi ngờ và cách đã hiểu
---@field see? string|string[] Văn bản hoặc dòng cần xem
---@field also? string|string[] Dòng khác đặt cùng một việc
---@field remind? hanchot.lead_time[] Nhắc trước: { workdays(3), workdays(1) }
---@field overdue? hanchot.lead_time Nhắc lại khi quá hạn, cách nhau bao lâu
---@field escalate? hanchot.escalate Quá hạn lâu thì báo lên
---@field was? string Số dòng cũ
---@field [integer] hanchot.part|hanchot.nested_kpi

---@class (exact) hanchot.part_row
---@field title string Tên phần việc
---@field due hanchot.when Thời hạn
---@field kind? "task"|"report"|"meeting" Loại, nếu khác dòng
---@field lead? hanchot.who Chủ trì, nếu khác dòng
---@field text? string Lời thời gian, đúng như kế hoạch in
---@field with? hanchot.who Phối hợp, nếu khác dòng
---@field to? hanchot.who Nơi nhận, nếu khác dòng
---@field via? string Gửi qua ai
---@field except? hanchot.who Trừ ra khỏi lead
---@field lead_text? string Kế hoạch in chủ trì thế nào
---@field with_text? string Kế hoạch in phối hợp thế nào
---@field product? string Sản phẩm phải có
---@field form? string Mẫu biểu
---@field note? string Ghi chú
---@field remind? hanchot.lead_time[] Nhắc trước
---@field overdue? hanchot.lead_time Nhắc lại khi quá hạn
---@field escalate? hanchot.escalate Quá hạn lâu thì báo lên

---Đầu mục: section "7.2" "Cung cấp dịch vụ công trực tuyến".
---@param ref string
---@return fun(title: string)
function section(ref) end

---Dòng mất trong bản quét, biết là có: lost "1.6.1" "vì sao".
---@param ref string
---@return fun(why: string)
function lost(ref) end

---Việc: task "1.1" { … }.
---@param ref string
---@return fun(row: hanchot.row)
function task(ref) end

---Báo cáo, văn bản phải gửi cho nơi khác: report "III.3.c" { … }.
---@param ref string
---@return fun(row: hanchot.row)
function report(ref) end

---Cuộc họp phải tổ chức: meeting "III.2" { … }.
---@param ref string
---@return fun(row: hanchot.row)
function meeting(ref) end

---Việc thứ hai hoặc ngày thứ hai trong một dòng: part "report" { … }; chỉ đứng trong bảng của dòng.
---@param name string
---@return fun(row: hanchot.part_row): hanchot.part
function part(name) end

---Bấy nhiêu ngày làm việc, cho remind, overdue, escalate.
---@param n integer
---@return hanchot.lead_time
function workdays(n) end

---Bấy nhiêu ngày theo lịch, cho remind, overdue, escalate.
---@param n integer
---@return hanchot.lead_time
function days(n) end

-- Thời hạn ----------------------------------------------------------------------------------------------------------

---Trước ngày X: hạn là ngày hôm trước.
---@param day hanchot.day
---@return hanchot.when
function before(day) end

---Chậm nhất, đến ngày X: hạn là đúng ngày đó.
---@param day hanchot.day
---@return hanchot.when
function by(day) end

---Ngày X: hạn là đúng ngày đó.
---@param day hanchot.day
---@return hanchot.when
function on(day) end

---Trong tháng: month "2026-06", hạn là ngày cuối tháng.
---@param period hanchot.period
---@return hanchot.when
function month(period) end

---Trong quý: quarter "2026-Q1", hạn là ngày cuối quý.
---@param period hanchot.period
---@return hanchot.when
function quarter(period) end

---6 tháng: half "2026-H1", hạn là ngày cuối.
---@param period hanchot.period
---@return hanchot.when
function half(period) end

---Trong năm: year "2026", hạn là 31/12.
---@param period hanchot.period
---@return hanchot.when
function year(period) end

---Nhiều năm: span("2023", "2025"), hạn là ngày cuối; cuối mỗi năm trước đó là một mốc.
---@param first hanchot.period
---@param last hanchot.period
---@return hanchot.when
function span(first, last) end

---@class (exact) hanchot.every
---@field before_day? integer Trước ngày này của tháng cuối kỳ
---@field by_day? integer Chậm nhất ngày này của tháng cuối kỳ
---@field before? string Với "year": trước ngày/tháng, "15/12"
---@field by? string Với "year": chậm nhất ngày/tháng
---@field day? "unstated" Kế hoạch không nêu ngày: lấy ngày cuối kỳ
---@field only? integer[] Chỉ những tháng, quý, nửa năm này
---@field from? hanchot.period Từ kỳ nào
---@field to? hanchot.period Đến kỳ nào
---@field covers? string Báo cáo lấy số liệu của khoảng nào, "15-14"

---Định kỳ: every("month", { before_day = 25 }), hoặc từng kỳ một: every { ["2025-Q1"] = before "15/3/2025" }.
---@param unit "month"|"quarter"|"half"|"year"
---@param options hanchot.every
---@return hanchot.when
---@overload fun(list: table<hanchot.period, hanchot.when>): hanchot.when
function every(unit, options) end

---Tuần cuối của các tháng: last_week_of { "2026-01", "2026-04" }.
---@param months hanchot.period[]
---@return hanchot.when
function last_week_of(months) end

---Trong thời hạn n ngày kể từ một sự kiện: within(10, "days", "plan-received"); ngày làm việc: "workdays".
---@param n integer
---@param unit "days"|"workdays"
---@param event hanchot.trigger
---@return hanchot.when
function within(n, unit, event) end

---Ngay sau khi: ngày làm việc đầu tiên sau sự kiện.
---@param event hanchot.trigger
---@return hanchot.when
function at_once(event) end

---Sau khi có …: sự kiện mở việc, không có hạn.
---@param event hanchot.trigger
---@return hanchot.when
function after(event) end

---Theo kế hoạch, lộ trình khác: ngày do lần ghi sự kiện cho biết.
---@param event hanchot.trigger
---@return hanchot.when
function schedule(event) end

---Theo yêu cầu: ngày do lần ghi yêu cầu cho biết.
---@param event hanchot.trigger
---@return hanchot.when
function request(event) end

---Sự kiện là ngày dòng này làm xong: done_of "1.4".
---@param ref string
---@return hanchot.several
function done_of(ref) end

---Sự kiện là khi đủ tất cả: ngày sau cùng.
---@param ... hanchot.trigger
---@return hanchot.several
function all_of(...) end

---Sự kiện là cái đến trước.
---@param ... hanchot.trigger
---@return hanchot.several
function any_of(...) end

---@class (exact) hanchot.ongoing_options
---@field from? hanchot.period Từ kỳ nào

---@class hanchot.ongoing : hanchot.when
---@overload fun(options: hanchot.ongoing_options): hanchot.when

---Thường xuyên, không có hạn: due = ongoing, hoặc ongoing { from = "2026-Q1" }.
---@type hanchot.ongoing
ongoing = {}

---Không có ngày, hoặc không đọc được: undated "vì sao".
---@param why string
---@return hanchot.when
function undated(why) end

-- Số liệu và chỉ tiêu -----------------------------------------------------------------------------------------------

---@class (exact) hanchot.metric
---@field title string Số liệu này đếm gì
---@field counted_in string Đơn vị tính: "hồ sơ", "phút"
---@field over_time? "sum"|"last" "sum" (mặc định): cộng qua các tháng; "last": số ở cuối kỳ
---@field equals? hanchot.operand Phải bằng tổng này
---@field never_above? string Không được lớn hơn số liệu này
---@field decimals? integer Số chữ số thập phân, 0 đến 4
---@field note? string Ghi chú

---Số liệu mỗi đơn vị báo theo kỳ: metric "dossiers.online" { … }.
---@param name string
---@return fun(metric: hanchot.metric)
function metric(name) end

---@class (exact) hanchot.score_part
---@field title string Tên phần
---@field most number Điểm tối đa
---@field points? string Số liệu: điểm đã công bố
---@field percent? string Số liệu: tỷ lệ phần trăm của điểm tối đa, đã công bố
---@field measure? hanchot.measure Tính điểm từ tỷ lệ: ratio("tử số", "mẫu số")
---@field full_at? number Đạt tỷ lệ (%) này thì đủ điểm; mặc định 100
---@field note? string Ghi chú

---@class (exact) hanchot.scorecard
---@field title string Tên bảng điểm
---@field each "week"|"month"|"quarter"|"half"|"year" Chấm theo kỳ nào
---@field parts table<string, hanchot.score_part> Các phần điểm: mã = { … }
---@field org? string Của cơ quan nào; trong tệp có plan thì theo plan
---@field lead? hanchot.who Chấm những đơn vị nào; mặc định mọi đơn vị của org
---@field most? number Tổng điểm tối đa, để kiểm tra các phần cộng đúng
---@field total? string Số liệu: tổng điểm đã công bố, để đối chiếu
---@field grades? { [1]: number, [2]: string }[] Xếp loại từ cao xuống thấp: { 90, "Xuất sắc" }
---@field note? string Ghi chú

---Bảng điểm theo phần, tổng và xếp loại: scorecard "index-766" { … }.
---@param id string
---@return fun(scorecard: hanchot.scorecard)
function scorecard(id) end

---@class (exact) hanchot.waive
---@field below string Miễn khi số liệu này ít hơn mức phải đạt
---@field why string Vì sao

---@class (exact) hanchot.kpi
---@field title string Tên chỉ tiêu
---@field measure hanchot.measure|fun(f: hanchot.formula): number Phép tính
---@field target hanchot.target Mức phải đạt
---@field lead? hanchot.who Mỗi đơn vị một kết quả; mặc định theo dòng
---@field across? hanchot.who Một kết quả chung cho các đơn vị này
---@field each? "month"|"quarter"|"half"|"year" Xem theo kỳ nào; mặc định một lần
---@field due? hanchot.when Ngày xét; mặc định cuối thời gian kế hoạch
---@field over? hanchot.period Lấy số liệu của khoảng nào
---@field waive? hanchot.waive Khi nào được miễn
---@field text? string Lời của kế hoạch
---@field note? string Ghi chú

---Chỉ tiêu: kpi "online" { … } trong dòng, hoặc kpi "7.2.3#online" { … } đứng riêng.
---@param slug string
---@return fun(kpi: hanchot.kpi): hanchot.nested_kpi
function kpi(slug) end

---Điều mà hàm của chỉ tiêu biết: f("dossiers.online") là số liệu, f.area là thuộc tính của đơn vị.
---@class hanchot.formula
---@field period hanchot.period
---@field unit string
---@field [string] string
---@overload fun(metric: string): number

---Tỷ lệ: tử số, mẫu số.
---@param top hanchot.operand
---@param bottom hanchot.operand
---@return hanchot.measure
function ratio(top, bottom) end

---Số lượng.
---@param ... hanchot.operand
---@return hanchot.measure
function count(...) end

---Tổng của nhiều số liệu.
---@param ... string
---@return hanchot.measure
function sum(...) end

---Trung bình: tổng a chia tổng b.
---@param a hanchot.operand
---@param b hanchot.operand
---@return hanchot.measure
function average(a, b) end

---Số lớn nhất.
---@param metric hanchot.operand
---@return hanchot.measure
function largest(metric) end

---Tăng bao nhiêu phần trăm so với một kỳ: change("a", { from = "2025" }).
---@param metric hanchot.operand
---@param options { from: hanchot.period }
---@return hanchot.measure
function change(metric, options) end

---Giảm bao nhiêu phần trăm so với một kỳ: reduction("a", { from = "2025" }).
---@param metric hanchot.operand
---@param options { from: hanchot.period }
---@return hanchot.measure
function reduction(metric, options) end

---Số đơn vị có số liệu này.
---@param metric hanchot.operand
---@return hanchot.measure
function units_with(metric) end

---Phần kỳ hạn của các dòng này làm xong đúng hạn.
---@param ... string
---@return hanchot.measure
function on_time(...) end

---Ít nhất n; “đạt 80%” cũng là ít nhất.
---@param n hanchot.level
---@param unit? string
---@return hanchot.target
function at_least(n, unit) end

---Không quá n.
---@param n hanchot.level
---@param unit? string
---@return hanchot.target
function at_most(n, unit) end

---Đúng n.
---@param n hanchot.level
---@param unit? string
---@return hanchot.target
function exactly(n, unit) end

---Kế hoạch không nêu mức: no_target "vì sao".
---@param why string
---@return hanchot.target
function no_target(why) end

---Mức theo thuộc tính của đơn vị: by_attribute("area", { rural = 1200, default = 1600 }).
---@param attribute "area"|"level"|"kind"
---@param values table<string, number>
---@return hanchot.cases
function by_attribute(attribute, values) end

---Mỗi năm một mức: path("2021", { 20, 40, 60 }).
---@param first hanchot.period
---@param values number[]
---@return hanchot.cases
function path(first, values) end

---Mức từ mỗi kỳ: steps { ["2022"] = 30, ["2023"] = 80 }.
---@param values table<hanchot.period, number>
---@return hanchot.cases
function steps(values) end

-- Phép thử ----------------------------------------------------------------------------------------------------------

---@class (exact) hanchot.expect
---@field ref? string Số dòng; ref hoặc kpi
---@field kpi? string Chỉ tiêu, "7.2.3#online"
---@field part? string Phần việc trong dòng
---@field period? hanchot.period Kỳ
---@field unit? string Đơn vị, nếu khác của phép thử
---@field due? hanchot.day|false Hạn; false là không có ngày
---@field act_by? hanchot.day Xong trước hết ngày nào
---@field state? hanchot.state Tình trạng, hoặc kết quả của chỉ tiêu
---@field late? boolean Xong muộn
---@field provisional? boolean Ngày tạm tính
---@field absent? boolean Không có việc như thế
---@field value? number Giá trị của chỉ tiêu

---@alias hanchot.state
---| "open" # đang làm
---| "overdue" # quá hạn
---| "done" # đã xong
---| "waiting" # chờ sự kiện
---| "standing" # thường xuyên
---| "extended" # được gia hạn
---| "cancelled" # đã hủy
---| "met" # chỉ tiêu: đạt
---| "missed" # chỉ tiêu: không đạt
---| "on_track" # chỉ tiêu: đang đạt
---| "at_risk" # chỉ tiêu: có nguy cơ
---| "out_of_reach" # chỉ tiêu: không thể đạt nữa
---| "no_data" # chỉ tiêu: chưa có số liệu
---| "invalid" # chỉ tiêu: số liệu sai
---| "exempt" # chỉ tiêu: không xét
---| "no_target" # chỉ tiêu: không có mức

---@class (exact) hanchot.test
---@field at string Hôm nay của phép thử: "2026-11-20"
---@field unit? string Mã đầy đủ của đơn vị
---@field plan? string Kế hoạch, nếu khác kế hoạch của tệp
---@field given? hanchot.given[] Điều đã xảy ra
---@field expect hanchot.expect[] Điều chờ đợi

---Một phép thử: test "báo cáo tháng 11" { at = "2026-11-20", … }.
---@param name string
---@return fun(test: hanchot.test)
function test(name) end

---@class (exact) hanchot.occurred
---@field due? hanchot.day Ngày mà sự kiện ấn định
---@field ref? string Chỉ cho dòng này

---Trong given: sự kiện đã xảy ra.
---@param event string
---@param day hanchot.day
---@param options? hanchot.occurred
---@return hanchot.given
function occurred(event, day, options) end

---Trong given: dòng này, kỳ này đã xong; của part thì "REF#part".
---@param ref string
---@param period hanchot.period
---@param day hanchot.day
---@return hanchot.given
function finished(ref, period, day) end

---Trong given: số liệu của đơn vị trong kỳ.
---@param metric string
---@param period hanchot.period
---@param value number
---@return hanchot.given
function figure(metric, period, value) end

-- calendars/*.lua và site.lua ---------------------------------------------------------------------------------------

---@class (exact) hanchot.workcalendar
---@field week integer[] Ngày làm việc trong tuần, 1 là thứ Hai: { 1, 2, 3, 4, 5 }
---@field off table<hanchot.day, string> Ngày nghỉ: tên; nguồn
---@field work? table<hanchot.day, string> Ngày làm bù: tên; nguồn
---@field provisional? hanchot.period|hanchot.period[] Năm, khoảng chưa công bố lịch nghỉ

---Lịch làm việc: workcalendar "vn" { … }.
---@param name string
---@return fun(calendar: hanchot.workcalendar)
function workcalendar(name) end

---@class (exact) hanchot.tls
---@field certificate string Tệp chứng thư PEM, tính từ thư mục của site.lua
---@field key string Tệp khóa PEM của chứng thư ấy

---@class (exact) hanchot.proxy
---@field behind boolean true: người hỏi đi qua một proxy có TLS phía trước, như --behind-proxy

---@class (exact) hanchot.limits
---@field key? integer Số lần một khóa được hỏi trong một phút (mặc định 600; 0: không hạn chế)
---@field link? integer Số lần một liên kết được hỏi trong một phút, không kể bản đã có sẵn (mặc định 120)

---@class (exact) hanchot.mail
---@field server string Máy chủ thư: "mail.example.gov.vn:587"
---@field from string Người gửi: "Hạn chót <hanchot@example.gov.vn>"
---@field tls? "starttls"|"tls"|"none" Cách mã hóa; mặc định "starttls"; "none" chỉ với máy chủ thư trên chính máy này
---@field user? string Tên đăng nhập
---@field password_file? string Tệp chứa mật khẩu, tính từ thư mục của site.lua
---@field ca? string Tệp PEM của nơi cấp chứng thư, khi không phải nơi mà hệ thống đã tin
---@field digest? string Giờ gửi thư tổng hợp hằng ngày; mặc định "07:30"

---@class (exact) hanchot.webhook
---@field name string Tên, dùng trong sổ và nhật ký
---@field url string Địa chỉ nhận, https:// (http:// chỉ tới chính máy này)
---@field secret_file string Tệp chứa khóa để ký, tính từ thư mục của site.lua
---@field ca? string Tệp PEM của nơi cấp chứng thư, khi không phải nơi mà hệ thống đã tin
---@field units? string|string[] Chỉ báo của các đơn vị này
---@field kinds? string|string[] Chỉ các loại cảnh báo này: "overdue", "due_soon", …

---@class (exact) hanchot.site
---@field url? string Địa chỉ công khai, cho liên kết trong lịch và trang
---@field lang? "vi"|"en" Ngôn ngữ của lịch và trang
---@field tls? hanchot.tls Chứng thư của máy chủ, khi nghe ngoài máy này mà không có proxy
---@field proxy? hanchot.proxy Proxy phía trước
---@field limits? hanchot.limits Số lần được hỏi trong một phút
---@field hours? string Giờ làm việc để gửi cảnh báo: "07:30-17:00"
---@field mail? hanchot.mail Máy chủ thư; không có thì không gửi thư
---@field recipients? table<string, string|string[]> Thư của đơn vị nào gửi cho địa chỉ nào: { ["haiphong/PC06"] = "…", operators = "…" }
---@field webhooks? hanchot.webhook[] Nơi nhận cảnh báo dạng JSON

---Cài đặt của nơi dùng: site { url = "https://hanchot.example.gov.vn", lang = "vi" }.
---@param settings hanchot.site
function site(settings) end
