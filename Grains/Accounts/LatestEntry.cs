using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Accounts;

/// <summary>
/// The latest entry of a session, which may arrive twice: a silo that stops passes it on, and its caller, who hears only that the silo
/// is gone, makes it again. Both are one entry; two would be two owners, and the player be dropped under the first.
/// </summary>
internal sealed class LatestEntry
{
    private Guid _id;
    private Task<Answer<Admission>>? _answer;
    private bool _isOld;

    /// <summary>The answer of the same entry, whichever of the two came first; null: it has not come yet, or failed. Empty: it comes once.</summary>
    public Task<Answer<Admission>>? Find(Guid id) =>
        id != Guid.Empty && id == _id && _answer is { IsFaulted: false, IsCanceled: false } ? _answer : null;

    /// <summary>Keeps the answer of an entry that has begun, and gives it back.</summary>
    public Task<Answer<Admission>> Keep(Guid id, Task<Answer<Admission>> answer)
    {
        if (id != Guid.Empty) (_id, _answer, _isOld) = (id, answer, false);
        return answer;
    }

    /// <summary>Half a minute has passed. After two of these nobody asks any more, and the answer need not be kept.</summary>
    public void Age()
    {
        if (_isOld) Forget();
        _isOld = true;
    }

    /// <summary>Somebody else has the session: what was answered is no longer so.</summary>
    public void Forget() => (_id, _answer) = (Guid.Empty, null);
}
