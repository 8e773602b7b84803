using MmoOrleans.Bots.Accounts;

namespace MmoOrleans.Bots.Past;

/// <summary>
/// One character in a history file. The file has one such object per line, in the order of the accounts:
/// <code>
/// {"account":{"account":"bot_000001","account_id":"...","token":"...","character_id":"..."},
///  "unanswered":[{"time_ms":...,"map":"Map001","x_cm":2150,"z_cm":1240}, ...],
///  "states":[{"time_ms":1760000000000,"map":"Map001","x_cm":2100,"z_cm":1234,"leads_to":"Map002"}, ...]}
/// </code>
/// States are the positions that the server has acknowledged, oldest first, of the last six seconds: where the
/// character entered a map, then its moves as frames acknowledged them, and corrections. Times are this machine's when it learned of them;
/// <c>leads_to</c> is there only on a warp. Unanswered are the moves that were sent since: a server that was slow to acknowledge may have taken them.
/// </summary>
internal sealed record HistoryLine(AccountLine Account, IReadOnlyList<PastState> States, IReadOnlyList<PastState> Unanswered);
