/// @file
/// What an error says, for tests and cases that ask whether it names the facts.
#pragma once

#include <string>
#include <string_view>

namespace gradbook {

/// The message of an error of this type that a call throws; "" where it throws none.
template <class Thrown, class Call>
std::string message_of(Call&& call) {
  try {
    call();
  } catch (const Thrown& error) {
    return error.what();
  }
  return "";
}

/// Whether a message has all of these words or numbers in it.
template <class... Facts>
bool names(const std::string& message, const Facts&... facts) {
  return ((message.find(std::string_view(facts)) != std::string::npos) && ...);
}

}  // namespace gradbook
