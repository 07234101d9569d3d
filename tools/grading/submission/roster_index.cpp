#include "grading/submission/roster_index.hpp"

#include <algorithm>

#include "grading/submission/names.hpp"

namespace gradbook {
namespace {

std::string mailbox(const std::string& email) {
  const std::size_t at = email.find('@');
  return at == std::string::npos ? "" : lower_ascii(email.substr(0, at));
}

std::string joined(const std::vector<std::string>& words) {
  std::string result;
  for (const std::string& word : words) result += word;
  return result;
}

// "Jane van Doe" runs together as janevandoe, vandoejane, doejanevan: platforms put the last name
// first
std::vector<std::string> run_together(const std::string& name) {
  std::vector<std::string> words = name_words(name), result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    result.push_back(joined(words));
    std::ranges::rotate(words, words.begin() + 1);
  }
  std::ranges::sort(result);
  result.erase(std::ranges::unique(result).begin(), result.end());
  return result;
}

}  // namespace

void RosterIndex::add(Index& index, const std::string& key, const RosterRow& row) {
  if (key.empty()) return;
  auto& rows = index[key];
  if (std::ranges::find(rows, &row) == rows.end()) rows.push_back(&row);
}

const RosterRow* RosterIndex::only(const Index& index, const std::string& key) {
  const auto found = key.empty() ? index.end() : index.find(key);
  return found != index.end() && found->second.size() == 1 ? found->second.front() : nullptr;
}

RosterIndex::RosterIndex(const Roster& roster) {
  for (const RosterRow& row : roster.rows) {
    add(ids_, lower_ascii(row.student), row);
    for (const std::string& alias : row.aliases) add(ids_, lower_ascii(alias), row);
    add(emails_, lower_ascii(row.email), row);
    add(mailboxes_, mailbox(row.email), row);
    add(platform_ids_, row.platform_id, row);
    for (const std::string& name : run_together(row.name)) add(names_, name, row);
  }
}

const RosterRow* RosterIndex::find(const Identity& who) const {
  const std::string student = lower_ascii(who.student);
  if (const RosterRow* row = only(ids_, student)) return row;
  for (const std::string& email : {lower_ascii(who.email), student}) {
    if (const RosterRow* row = only(emails_, email)) return row;
  }
  for (const std::string& box : {mailbox(who.email), student}) {
    if (const RosterRow* row = only(mailboxes_, box)) return row;
    if (const RosterRow* row = only(ids_, box)) return row;
  }
  for (const std::string& id : {who.platform_id, who.student}) {
    if (const RosterRow* row = only(platform_ids_, id)) return row;
  }
  for (const std::string& name : {who.name, who.student}) {
    if (const RosterRow* row = only(names_, joined(name_words(name)))) return row;
  }
  return nullptr;
}

}  // namespace gradbook
