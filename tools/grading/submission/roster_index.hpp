/// @file
/// Finds the row of the roster that a submission belongs to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "grading/submission/roster.hpp"

namespace gradbook {

/// What a submission says of who made it; "" where it says nothing.
struct Identity {
  std::string student;  // as the folder or the platform calls them
  std::string name, email, platform_id;
};

/// The rows of a roster by everything that may name a student.
class RosterIndex {
 public:
  explicit RosterIndex(const Roster& roster);

  /// The row, by student id, login, e-mail, the e-mail's part before the @, the platform's id, and
  /// at last the name, where it is only one row's. Case, accents and the order of names do not
  /// matter.
  const RosterRow* find(const Identity& who) const;

 private:
  using Index = std::map<std::string, std::vector<const RosterRow*>>;
  static void add(Index& index, const std::string& key, const RosterRow& row);
  static const RosterRow* only(const Index& index, const std::string& key);

  Index ids_, emails_, mailboxes_, platform_ids_, names_;
};

}  // namespace gradbook
