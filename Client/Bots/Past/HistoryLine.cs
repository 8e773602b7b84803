using MmoOrleans.Bots.Accounts;

namespace MmoOrleans.Bots.Past;

/// <summary>
/// One character in a history file. The file has one such object per line, in the order of the accounts:
/// <code>
/// {"account":{"account":"bot_000001","account_id":"...","token":"...","character_id":"..."},
///  "states":[{"time_ms":1760000000000,"map":"Map001","x_cm":2100,"z_cm":1234,"leads_to":"Map002"}, ...]}
/// </code>
/// States are the positions that the server has acknowledged, oldest first, of the last six seconds: where the
/// character entered a map, then its moves as frames acknowledged them, and corrections. Times are this machine's when it learned of them;
/// <c>leads_to</c> is there only on a warp.
/// </summary>
internal sealed record HistoryLine(AccountLine Account, IReadOnlyList<PastState> States);
