using MmoOrleans.Bots.Accounts;

namespace MmoOrleans.Bots.Past;

/// <summary>
/// One character in a history file. The file has one such object per line, in the order of the accounts:
/// <code>
/// {"account":{"account":"bot_000001","account_id":"...","token":"...","character_id":"..."},
///  "states":[{"time_ms":1760000000000,"map":"Field","x_cm":51200,"z_cm":51234}, ...]}
/// </code>
/// States are the positions that the server has acknowledged, oldest first, of the last six seconds: where the
/// character entered a map, then its moves as frames acknowledged them, and corrections. Times are this machine's when it learned of them.
/// </summary>
internal sealed record HistoryLine(AccountLine Account, IReadOnlyList<PastState> States);
