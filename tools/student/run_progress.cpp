#include "student/run_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "student/paragraph.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

constexpr auto kRedraw = 50ms;         // no eye follows more
constexpr auto kLongestSilence = 10s;  // of a log
constexpr int kParts = 10;             // of the way, each of which a log tells of
constexpr std::size_t kLongestLine = 200;

std::string duration(double seconds) {
  if (seconds < 10) return fmt::format("{:.1f} s", std::max(seconds, 0.1));
  if (seconds < 60) return fmt::format("{:.0f} s", seconds);
  const long whole = std::lround(std::min(seconds, 1e9));
  if (seconds < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

std::string count(const Epoch& e) {
  return fmt::format("{:{}} of {}", e.done, fmt::formatted_size("{}", e.all), e.all);
}

std::string loss(const Epoch& e) {
  return std::fabs(e.loss) < 1e-3 || std::fabs(e.loss) >= 1e6 ? fmt::format("loss {:.3e}", e.loss)
                                                              : fmt::format("loss {:.4f}", e.loss);
}

std::string rate(const Epoch& e) {
  return e.per_second <= 0    ? ""
         : e.per_second >= 10 ? fmt::format("{:.0f} epochs/s", e.per_second)
                              : fmt::format("{:.2g} epochs/s", e.per_second);
}

std::string left(const Epoch& e) {
  if (e.done == e.all || e.per_second <= 0) return "";
  return duration((e.all - e.done) / e.per_second) + " left";
}

std::string joined(std::initializer_list<std::string> parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += (text.empty() ? "" : "  ") + part;
  }
  return text;
}

}  // namespace

std::optional<Epoch> read_epoch(const std::string& line) {
  Epoch e;
  char behind = 0;
  if (std::sscanf(line.c_str(), "epoch %9d %9d %lf%c", &e.done, &e.all, &e.loss, &behind) != 3)
    return std::nullopt;
  if (e.done < 1 || e.done > e.all) return std::nullopt;
  return e;
}

std::string with_bar(const Epoch& e, std::size_t columns) {
  // The last column stays free: a terminal that is full to the edge may wrap
  const std::size_t room = columns - 1;
  std::string text;
  for (const std::string& words :
       {joined({count(e) + " epochs", loss(e), rate(e), left(e)}),
        joined({count(e), loss(e), rate(e), left(e)}), joined({count(e), loss(e), left(e)}),
        joined({count(e), loss(e)}), count(e)}) {
    text = words;
    if (text.size() + 12 <= room) break;
  }
  if (text.size() + 7 > room) return shortened(text, room);
  const std::size_t cells = std::min<std::size_t>(room - text.size() - 4, 30);
  const std::size_t full =
      cells * static_cast<std::size_t>(e.done) / static_cast<std::size_t>(e.all);
  std::string bar;
  for (std::size_t i = 0; i < cells; ++i) bar += i < full ? "█" : "░";
  return fmt::format("[{}]  {}", bar, text);
}

std::string as_line(const Epoch& e) {
  return joined({count(e) + " epochs", loss(e), rate(e), left(e)});
}

void RunProgress::report(std::string_view bytes) {
  rest_ += bytes;
  for (std::size_t end; (end = rest_.find('\n')) != std::string::npos; rest_.erase(0, end + 1)) {
    if (const auto epoch = read_epoch(rest_.substr(0, end))) take(*epoch);
  }
  if (rest_.size() > kLongestLine) rest_.clear();
}

void RunProgress::take(Epoch e) {
  const auto now = Clock::now();
  if (last_ && (e.done <= last_->done || e.all != last_->all)) {  // another training has begun
    began_ = last_at_;
    shown_ = 0;
  }
  const double seconds = std::chrono::duration<double>(now - began_).count();
  if (seconds > 1e-3) e.per_second = e.done / seconds;
  last_at_ = now;
  last_ = e;

  const bool at_the_end = e.done == e.all;
  const bool first = e.done == 1;
  if (kind_ == Kind::bar && (first || at_the_end || now - shown_at_ >= kRedraw)) draw();
  const auto part = [&](long done) { return done * kParts / e.all; };
  const bool far_enough = part(e.done) > part(shown_);
  if (kind_ == Kind::lines && (far_enough || now - shown_at_ >= kLongestSilence)) {
    fmt::print("{}{}\n", in_mid_line_ ? "\n" : "", as_line(e));
    std::fflush(stdout);
    in_mid_line_ = false;
    shown_ = e.done;
    shown_at_ = now;
  }
}

void RunProgress::draw() {
  shown_at_ = Clock::now();
  if (in_mid_line_) return;  // it would stand in the middle of the program's own line
  fmt::print("\r{}\x1b[K", with_bar(*last_, terminal_columns()));
  std::fflush(stdout);
  bar_is_there_ = true;
}

void RunProgress::take_away() {
  if (bar_is_there_) fmt::print("\r\x1b[K");
  bar_is_there_ = false;
}

void RunProgress::print(std::string_view bytes) {
  if (kind_ == Kind::nothing || bytes.empty()) return;
  const bool was_there = bar_is_there_;
  take_away();
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
  in_mid_line_ = bytes.back() != '\n';
  if (was_there) draw();
  std::fflush(stdout);
}

void RunProgress::end() {
  if (bar_is_there_ || in_mid_line_) fmt::print("\n");
  bar_is_there_ = in_mid_line_ = false;
  std::fflush(stdout);
}

}  // namespace gradbook
