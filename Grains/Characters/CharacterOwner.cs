using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Characters;

/// <summary>
/// Who may play and write a character now. An activation claims an incarnation with one write before it first hands anything
/// out; after that its counter is in memory. Until it has claimed, the owners of the stored incarnation go on: nobody has taken
/// the character from them.
/// </summary>
internal sealed class CharacterOwner
{
    private Fence _map;

    public Fence Current { get; private set; }

    public bool Claimed { get; private set; }

    /// <summary>The next owner. It counts once <see cref="Take"/> was called, after a write when one is needed.</summary>
    public Fence Next(CharacterRecord record) => Claimed ? Current.Next() : new Fence(record.Owner.Incarnation + 1, 1);

    public void Take(Fence owner) => (Current, Claimed, _map) = (owner, true, Fence.None);

    /// <summary>
    /// Takes note of a record that was read again. False: a later activation has claimed the character, this one must stop. A
    /// greater counter of our own incarnation is a write of ours whose answer was lost.
    /// </summary>
    public bool Sees(CharacterRecord record)
    {
        if (!Claimed) return true;
        if (record.Owner.Incarnation == Current.Incarnation && record.Owner > Current) Take(record.Owner);
        return record.Owner.Incarnation <= Current.Incarnation;
    }

    /// <summary>Whether this owner may write.</summary>
    public bool Is(Fence owner, CharacterRecord record) => Claimed
        ? owner == Current
        : owner.Incarnation == record.Owner.Incarnation && owner >= record.Owner && owner >= record.Stamp.Owner;

    /// <summary>Whether this map may write for the owner: after a fail-over the map before it may not.</summary>
    public bool IsOn(Fence map) => map >= _map;

    /// <summary>A map goes on with the character after a fail-over.</summary>
    public void Attach(Fence map) => _map = map;
}
