using System.Collections.Immutable;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>An attempt to join a map's feed.</summary>
/// <param name="Number">Of the attempt: frames carry it by way of their observer.</param>
/// <param name="KnownMap">The highest fence of the map that this gateway has seen.</param>
/// <param name="Visits">The players to take, in the roster's order.</param>
internal sealed record FeedJoining(int Number, Fence KnownMap, ImmutableArray<Visit> Visits, ImmutableArray<RosterEntry> Roster);
