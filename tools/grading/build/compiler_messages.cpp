#include "grading/build/compiler_messages.hpp"

#include <sstream>

namespace gradbook {
namespace {

// One group of lines a message: "file:line:column: error: …", then the code and notes that belong
// to it
struct Message {
  std::vector<std::string> lines;
  bool error = false, warning = false, in_file = false;
};

std::vector<Message> messages_of(const std::string& text, const std::string& file) {
  std::vector<Message> messages;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const bool error = line.find(": error: ") != std::string::npos ||
                       line.find(": fatal error: ") != std::string::npos;
    const bool warning = line.find(": warning: ") != std::string::npos;
    const bool note = line.find(": note: ") != std::string::npos;
    const bool code = line.starts_with("    ") || line.starts_with("  ");
    if (error || warning) {
      messages.push_back({{line}, error, warning, line.starts_with(file + ":")});
    } else if (code && !messages.empty() && !note) {
      messages.back().lines.push_back(line);
    } else if (!messages.empty()) {
      messages.push_back({});  // a note, or "In function …": not shown, nor what hangs on it
    }
  }
  return messages;
}

}  // namespace

std::vector<std::string> first_errors(const std::string& text, const std::string& file) {
  const std::vector<Message> messages = messages_of(text, file);
  std::vector<std::string> lines;
  for (const bool in_file : {true, false}) {
    int shown = 0;
    for (const Message& message : messages) {
      if (!message.error || message.in_file != in_file || shown == 3 ||
          lines.size() + message.lines.size() > 16)
        continue;
      lines.insert(lines.end(), message.lines.begin(), message.lines.end());
      ++shown;
    }
    if (!lines.empty()) return lines;
  }
  return {text.substr(0, 600)};
}

std::vector<std::string> first_warnings(const std::string& text, const std::string& file) {
  std::vector<std::string> lines;
  int shown = 0;
  for (const Message& message : messages_of(text, file)) {
    if (!message.warning || !message.in_file || shown == 2) continue;
    lines.push_back(message.lines.front());
    ++shown;
  }
  return lines;
}

bool blames_the_file(const std::string& messages) {
  for (const char* sign :
       {": error: ", ": fatal error: ", ": Error: ", "internal compiler error"}) {
    if (messages.find(sign) != std::string::npos) return true;
  }
  return false;
}

std::size_t first_bad_utf8(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t length = c < 0x80                ? 1
                               : c >= 0xc2 && c < 0xe0 ? 2
                               : c >= 0xe0 && c < 0xf0 ? 3
                               : c >= 0xf0 && c < 0xf5 ? 4
                                                       : 0;
    if (length == 0 || i + length > text.size()) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return i;
    }
    i += length;
  }
  return std::string::npos;
}

}  // namespace gradbook
